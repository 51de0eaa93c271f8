package io.metricsagent.instrumentations.calls;

import java.util.concurrent.Future;

/** A tool call, or one layer of it. The root of each layer is the outermost frame of the call. */
public final class ToolFrame extends Frame {
  /** The outermost layer of the call; {@code null} if this is the outermost one. */
  private ToolFrame outermost;

  private String tool;
  private Object context;

  /** The arguments of the call, for a call that begins later; {@code null} unless content is on. */
  private Object arguments;

  /** What the end of the call needs of its arguments, or {@code null}. */
  private Object kept;

  private Throwable innerFailure;
  private Future<?> answer;
  private boolean over;

  /** The number of the call in its events; 0 if it has no events. */
  private long operation;

  ToolFrame(FrameStack stack) {
    super(stack);
  }

  void begin(
      long now,
      Frame newParent,
      ToolFrame newRoot,
      String newTool,
      Object newSelf,
      Object newContext) {
    ready();
    if (newRoot != null || newContext != null) {
      fill();
      outermost = newRoot;
      context = newContext;
    }
    name(newTool);
    over = false;
    operation = 0;
    hold(now, newParent, newSelf);
  }

  /** Returns whether this is the outermost layer of the call. */
  public boolean isRoot() {
    return outermost == null;
  }

  /** Returns the outermost layer of the call, which has not ended. */
  public ToolFrame root() {
    return outermost == null ? this : outermost;
  }

  /** Returns the name of the tool; {@code null} in a layer that does not know it. */
  public String tool() {
    return tool;
  }

  /** Sets the name of the tool. */
  public void name(String name) {
    if (tool != name) { // a comparison is faster than a write, and most frames keep their tool
      tool = name;
    }
  }

  /**
   * Returns the object that tells whether the call waits for somebody's consent, or {@code null}.
   */
  public Object context() {
    return context;
  }

  /** Keeps the arguments of a call that begins later; called only if content is on. */
  public void keep(Object newArguments) {
    fill();
    arguments = newArguments;
  }

  /** Returns the arguments that were kept, or {@code null}. */
  public Object arguments() {
    return arguments;
  }

  /** Keeps what the end of the call needs of its arguments; {@code null} if nothing. */
  public void keepForEnd(Object newKept) {
    if (newKept != null) {
      fill();
      kept = newKept;
    }
  }

  /** Returns what the end of the call needs of its arguments, or {@code null}. */
  public Object keptForEnd() {
    return kept;
  }

  /** Sets the number of the call in its events. */
  public void number(long newOperation) {
    operation = newOperation;
  }

  /** Returns the number of the call in its events; 0 if it has no events. */
  public long operation() {
    return operation;
  }

  /** Returns whether the call is over: what happens within it now is not part of it. */
  public boolean isOver() {
    return over;
  }

  /** Ends the call's interest: what happens within the call from now on is not part of it. */
  public void over() {
    over = true;
  }

  /**
   * Notes the error of an inner layer, since the outer layer may return normally; {@code null}
   * clears it.
   */
  public void failedWithin(Throwable failure) {
    fill();
    innerFailure = failure;
  }

  /** Returns whether an inner layer had an error, or the call waits for an answer. */
  public boolean knowsFailure() {
    return innerFailure != null || answer != null;
  }

  /** Returns the last error of an inner layer, or {@code null}. */
  public Throwable innerFailure() {
    return innerFailure;
  }

  /** Notes that the call waits for {@code newAnswer}. */
  public void waitsFor(Future<?> newAnswer) {
    fill();
    answer = newAnswer;
  }

  /** Returns the answer that the call waits for, or {@code null}. */
  public Future<?> answer() {
    return answer;
  }

  @Override
  void empty() {
    outermost = null;
    context = null;
    arguments = null;
    kept = null;
    innerFailure = null;
    answer = null;
  }
}
