package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.Run;

/**
 * One woven call under way. The kinds of calls are the permitted subclasses; each has only the
 * fields of its kind, so a call of a mailbox does not carry the fields of a request to a model.
 *
 * <p>A frame belongs to the thread that made it until it is detached. {@link FrameStack} reuses a
 * frame for later calls of the same kind at the same depth, so nobody may use a frame after its
 * end; {@link Running} tells whether a frame still stands for the same request.
 *
 * <p>A handler tells the frame directly around its own what happens ({@link #requestBegan}, {@link
 * #answerBegan}, {@link #toolBegan}, {@link #toolEnded}, {@link #toolServed}); each kind of frame
 * decides what such an event means, and most kinds ignore it.
 *
 * <p>Not thread-safe: a frame is used by one thread at a time.
 *
 * <p>The class has many fields because a call allocates no other object.
 */
public abstract sealed class Frame
    permits RequestFrame,
        AttemptFrame,
        LayerFrame,
        ToolFrame,
        LoopFrame,
        ExchangeFrame,
        MailboxFrame,
        RunFrame {
  /**
   * The number of calls that have begun in this frame. It distinguishes one call from the next in
   * the same frame; the start time could not, because {@link #leaveOut} moves it.
   */
  long number;

  /** Whether the frame was begun and has not ended. */
  boolean held;

  /**
   * Whether the woven method has returned. If the frame is still on its stack then, its end has
   * failed because the thread's stack was exhausted, and the frame encloses nothing.
   */
  boolean returned;

  private boolean detached;

  /**
   * The stack of the thread that made the frame; {@code null} if the frame was made without a
   * stack.
   */
  FrameStack stack;

  /** The call around this one; {@code null} if there is none or the frame is detached. */
  Frame parent;

  /** The run that the call belongs to; {@code null} if it is none of its own, or runs are off. */
  private Run run;

  /** The experiment that the call is part of; {@code null} if the application says none. */
  private String experiment;

  /** Whether a rule has said the experiment. */
  private boolean experimentStated;

  private Object self;

  /** What ends the call after its method has returned, for the handler; {@code null} if nothing. */
  private Object goesOnWith;

  private long startNanos;

  /**
   * Whether one of the fields that most calls leave empty may have a value. Most calls write none
   * of them: with the collector G1, each write of a reference costs about as much as ten other
   * instructions.
   */
  private boolean filled;

  Frame(FrameStack stack) {
    this.stack = stack;
  }

  /**
   * Empties what was said of the frame after the end of its last call. The subclass calls this
   * method before it begins a call.
   */
  final void ready() {
    if (filled) {
      emptyAll();
    }
  }

  /** Notes that a field that most calls leave empty has a value. */
  final void fill() {
    filled = true;
  }

  private void emptyAll() {
    empty();
    parent = null;
    run = null;
    experiment = null;
    experimentStated = false;
    goesOnWith = null;
    filled = false;
  }

  /** Begins a call. The subclass resets its own fields first and calls this method last. */
  final void hold(long now, Frame newParent, Object newSelf) {
    number++;
    held = true;
    returned = false;
    if (newParent != null) {
      parent = newParent;
      run = newParent.run;
      experiment = newParent.experiment;
      filled = true;
    } else if (stack != null && stack.adoptsSomething()) {
      run = stack.adopted();
      experiment = stack.adoptedExperiment();
      filled = true;
    }
    self = newSelf;
    startNanos = now;
  }

  /**
   * Ends the call and clears all references to the application's objects. A second end changes
   * nothing.
   *
   * <p>If the thread's stack is exhausted before this method has finished, the frame stays held,
   * and {@link FrameStack} ends it again.
   */
  public final void end() {
    letGo();
    ready();
    self = null;
    held = false;
  }

  /** Clears the references of the subclass that most calls have; called at each end. */
  void letGo() {}

  /** Clears the fields of the subclass that most calls leave empty. */
  void empty() {}

  /**
   * Lets the call go on after the woven method has returned, and end on any thread. The stack makes
   * another frame for the next call.
   */
  public final void detach() {
    detached = true;
  }

  /** Returns whether the call goes on after the woven method has returned. */
  public final boolean isDetached() {
    return detached;
  }

  /**
   * Returns the stack of the current thread, which must be the one that ends the call: the thread
   * that made the frame, or any thread if the frame is detached.
   */
  public final FrameStack stackOfEnd() {
    return detached || stack == null ? FrameStack.current() : stack;
  }

  /** Returns the call around this one; {@code null} if there is none, or the frame is detached. */
  public final Frame parent() {
    return parent;
  }

  /**
   * Returns the run that the call belongs to; {@code null} for the run of the process, if runs are
   * off, and after the end of the frame.
   */
  public final Run run() {
    return run;
  }

  /** Sets the run that the call belongs to, for a call that the stack alone does not show it of. */
  public final void belongsTo(Run newRun) {
    run = newRun;
    filled = true;
  }

  /**
   * Returns the experiment that the call is part of: what was said for it, or else for the call
   * around it; {@code null} for the one that the settings name.
   */
  public final String experiment() {
    return experiment;
  }

  /** Sets the experiment that the call is part of; {@code null} changes nothing. */
  public final void isFor(String newExperiment) {
    if (newExperiment != null) {
      experiment = newExperiment;
      filled = true;
    }
  }

  /** Returns the experiment that a rule has said of the call; {@code null} if none has. */
  public final String statedExperiment() {
    return experimentStated ? experiment : null;
  }

  /** Keeps what ends the call after its method has returned. */
  public final void goesOnWith(Object follower) {
    goesOnWith = follower;
    filled = true;
  }

  /** Returns what ends the call after its method has returned, or {@code null}. */
  public final Object goesOnWith() {
    return goesOnWith;
  }

  /**
   * A rule says what the call is for; {@code null} changes nothing. Called between the beginning
   * and the end of the call. What is said beside the experiment goes to the run of the call, unless
   * the run knows it already.
   */
  public void says(ContextField field, String value) {
    if (field == ContextField.EXPERIMENT) {
      isFor(value);
      experimentStated |= value != null;
    } else if (run != null) {
      run.says(field, value);
    }
  }

  /** Returns the receiver of the call; {@code null} if the handler did not keep it. */
  public final Object self() {
    return self;
  }

  /**
   * Returns when the call began, by {@link System#nanoTime}, moved forward by the time that was
   * left out since.
   */
  public final long startNanos() {
    return startNanos;
  }

  final void startAt(long nanos) {
    startNanos = nanos;
  }

  /** Leaves time that has just passed out of the call, by moving all earlier times forward. */
  void leaveOut(long nanos) {
    startNanos += nanos;
  }

  /** Returns this call or, for a run, the call around it; {@code null} if there is none. */
  Frame apartFromRuns() {
    return this;
  }

  /**
   * Returns the request that a request directly within this call may belong to, or {@code null}.
   */
  public RequestFrame openRequest() {
    return null;
  }

  /** A request to a model begins directly within this call. */
  public void requestBegan() {}

  /**
   * The answer of a request directly within this call will be read later; {@code answer} tells how
   * it ends.
   */
  public void answerBegan(OpenAnswer answer) {}

  /**
   * A tool call begins directly within this call.
   *
   * @param nanos when, by {@link System#nanoTime}; the tool's own time begins there too
   */
  public void toolBegan(long nanos) {}

  /**
   * A tool call directly within this call ended.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  public void toolEnded(long nanos) {}

  /** A server has run {@code tool}, or refused to run it, directly within this call. */
  public void toolServed(String tool) {}
}
