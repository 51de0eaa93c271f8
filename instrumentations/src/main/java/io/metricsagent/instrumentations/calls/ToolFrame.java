package io.metricsagent.instrumentations.calls;

import java.util.concurrent.Future;

/**
 * A tool call, or one layer of it. A tool frame within another one of the same tool call has the
 * outermost frame as its root.
 */
public final class ToolFrame extends Frame {
  private ToolFrame root;
  private String tool;
  private Object context;
  private Throwable innerFailure;
  private Future<?> answer;
  private boolean over;

  ToolFrame(FrameStack stack) {
    super(stack);
  }

  void begin(
      Frame newParent, ToolFrame newRoot, String newTool, Object newSelf, Object newContext) {
    root = newRoot == null ? this : newRoot;
    tool = newTool;
    context = newContext;
    over = false;
    hold(newParent, newSelf);
  }

  /** Returns whether this is the outermost layer of the call. */
  public boolean isRoot() {
    return root == this;
  }

  /** Returns the outermost layer of the call; {@code null} after its end. */
  public ToolFrame root() {
    return root;
  }

  /** Returns the name of the tool; {@code null} in a layer that does not know it. */
  public String tool() {
    return tool;
  }

  /** The layer learns which tool is called. */
  public void name(String name) {
    tool = name;
  }

  /** Returns what tells whether the call waits for somebody's consent, or {@code null}. */
  public Object context() {
    return context;
  }

  /** Returns whether what happens within the call from now on is no part of it. */
  public boolean isOver() {
    return over;
  }

  /** What happens within the call from now on is no part of it. */
  public void over() {
    over = true;
  }

  /** An inner layer failed, although the outer one may return normally; {@code null} takes back. */
  public void failedWithin(Throwable failure) {
    innerFailure = failure;
  }

  /** Returns how an inner layer failed last, or {@code null}. */
  public Throwable innerFailure() {
    return innerFailure;
  }

  /** The call waits for {@code newAnswer}. */
  public void waitsFor(Future<?> newAnswer) {
    answer = newAnswer;
  }

  /** Returns what the call waits for, or {@code null}. */
  public Future<?> answer() {
    return answer;
  }

  @Override
  void letGo() {
    root = null;
    context = null;
    innerFailure = null;
    answer = null;
  }
}
