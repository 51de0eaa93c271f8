package io.metricsagent.instrumentations.calls;

/**
 * One woven call under way. The kinds of calls are the permitted subclasses; each has the fields of
 * its kind alone, so a call of a mailbox does not pay for what a request to a model remembers.
 *
 * <p>A frame belongs to the thread that made it until it is detached. {@link FrameStack} uses a
 * frame again for later calls of the same kind at the same depth, so nobody may use a frame after
 * its end; {@link Running} tells whether a request is still the one that was meant.
 *
 * <p>A handler tells the frame right around its own what happens ({@link #requestBegan}, {@link
 * #answerBegan}, {@link #toolBegan}, {@link #toolEnded}, {@link #toolServed}); each kind decides
 * what that means for it, and most ignore it.
 *
 * <p>Not thread-safe: a frame is used by one thread at a time.
 */
public abstract sealed class Frame
    permits RequestFrame,
        AttemptFrame,
        LayerFrame,
        ToolFrame,
        LoopFrame,
        ExchangeFrame,
        MailboxFrame {
  /**
   * How often this frame was begun. The number tells one call from the next in the same frame; the
   * start time would not, because {@link #leaveOut} moves it.
   */
  long number;

  /** Whether the frame was begun and has not ended. */
  boolean held;

  /**
   * Whether the woven method has returned. A frame that is still on its stack then encloses
   * nothing: its end failed, because the thread's stack was exhausted.
   */
  boolean returned;

  private boolean detached;

  /** The stack of the thread that made the frame; {@code null} where it was made without one. */
  FrameStack stack;

  /** The call around this one; {@code null} if there is none, or the frame is detached. */
  Frame parent;

  private Object self;
  private long startNanos;

  Frame(FrameStack stack) {
    this.stack = stack;
  }

  /** Begins a call; the subclass resets its own fields, and calls this last. */
  final void hold(Frame newParent, Object newSelf) {
    number++;
    held = true;
    returned = false;
    parent = newParent;
    self = newSelf;
    startNanos = System.nanoTime();
  }

  /**
   * Ends the call and lets go of the application's objects. A second end changes nothing.
   *
   * <p>Where the thread's stack is exhausted before this has finished, the frame stays held and is
   * ended again by {@link FrameStack}.
   */
  public final void end() {
    letGo();
    parent = null;
    self = null;
    held = false;
  }

  /** Lets go of all objects that only this kind of call refers to; called at each end. */
  abstract void letGo();

  /**
   * Lets the call go on after the woven method returned, and end on any thread. The stack makes
   * another frame for the next call.
   */
  public final void detach() {
    detached = true;
  }

  /** Returns whether the call goes on after the woven method returned. */
  public final boolean isDetached() {
    return detached;
  }

  /** Returns the call around this one; {@code null} if there is none, or the frame is detached. */
  public final Frame parent() {
    return parent;
  }

  /** Returns the receiver of the call; {@code null} where the handler did not keep it. */
  public final Object self() {
    return self;
  }

  /** Returns when the call began, by {@link System#nanoTime}, without the time left out since. */
  public final long startNanos() {
    return startNanos;
  }

  final void startAt(long nanos) {
    startNanos = nanos;
  }

  /** Takes time that just passed out of the call: all times before it move nearer. */
  void leaveOut(long nanos) {
    startNanos += nanos;
  }

  /** Returns the request that a request right within this call may belong to, or {@code null}. */
  public RequestFrame openRequest() {
    return null;
  }

  /** A request to a model begins right within this call. */
  public void requestBegan() {}

  /** The answer of a request right within this call is going to be read from {@code answer}. */
  public void answerBegan(OpenAnswer answer) {}

  /** A tool call begins right within this call. */
  public void toolBegan() {}

  /**
   * A tool call right within this call ended.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  public void toolEnded(long nanos) {}

  /** A server has run, or refused to run, {@code tool} right within this call. */
  public void toolServed(String tool) {}
}
