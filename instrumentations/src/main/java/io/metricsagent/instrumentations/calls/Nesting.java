package io.metricsagent.instrumentations.calls;

/**
 * Counts nested calls of a mailbox once, such as those of a method that calls its own overload, or
 * of a wrapper and the object that it wraps. Stateless.
 */
public final class Nesting {
  private Nesting() {}

  /**
   * Begins a call.
   *
   * @param owner the object whose nested calls count as one, such as a handler; it is compared by
   *     identity
   * @return {@code null} when the call directly around this one belongs to {@code owner} too, the
   *     agent itself makes it by reading an object, or the stack is too deep
   */
  public static MailboxFrame enter(Object owner, Object self, Object argument) {
    FrameStack stack = FrameStack.current();
    return stack.reading || (stack.top() instanceof MailboxFrame top && top.isOf(owner))
        ? null
        : stack.pushMailbox(owner, self, argument);
  }

  /** Decides which calls within each other are one. */
  public interface Kind {
    /**
     * Returns whether a call that begins is a part of the call directly around it.
     *
     * @param outer the call around it, of whatever mailbox
     * @param self the receiver of the call that begins
     * @param argument what it would keep
     */
    boolean isPart(MailboxFrame outer, Object self, Object argument);
  }

  /**
   * Begins a call. A run between two calls does not separate them: one method may be a call of a
   * mailbox and a run.
   *
   * @param owner whose call it is; also decides whether it is a part of the call around it
   * @return {@code null} when the call is a part of another one, the agent itself makes it by
   *     reading an object, or the stack is too deep
   */
  public static MailboxFrame enterKind(Kind owner, Object self, Object argument) {
    FrameStack stack = FrameStack.current();
    if (stack.reading) {
      return null;
    }
    Frame around = stack.top();
    if (around != null && !(around instanceof MailboxFrame)) {
      around = around.apartFromRuns();
    }
    return around instanceof MailboxFrame outer && owner.isPart(outer, self, argument)
        ? null
        : stack.pushMailbox(owner, self, argument);
  }

  /**
   * Ends a call; returns whether its frame was on this thread's stack. The frame must not be used
   * afterwards.
   */
  public static boolean exit(Frame frame) {
    frame.returned = true; // first of all: what follows fails where the stack is exhausted
    FrameStack stack = FrameStack.current();
    boolean mine = stack.pop(frame);
    if (mine) {
      stack.release(frame);
    }
    return mine;
  }

  /**
   * Begins a call that counts even within another one of the same owner; returns {@code null} when
   * the stack is too deep.
   */
  public static MailboxFrame enterEach(Object owner, Object self, Object argument) {
    return FrameStack.current().pushMailbox(owner, self, argument);
  }

  /**
   * Begins a call where the innermost of nested calls is recorded; returns {@code null} when the
   * stack is too deep.
   */
  public static MailboxFrame enterInner(Object owner, Object self) {
    return FrameStack.current().pushMailbox(owner, self, null);
  }

  /**
   * Ends a call that {@link #enterInner} began. The frame must not be used afterwards.
   *
   * @param something whether the call has something to record
   * @return whether the caller must record the call, because no inner call was recorded
   */
  public static boolean exitInner(MailboxFrame frame, boolean something) {
    frame.returned = true; // first of all: what follows fails where the stack is exhausted
    FrameStack stack = FrameStack.current();
    if (!stack.pop(frame)) {
      return false;
    }
    boolean recordedWithin = frame.isRecordedWithin();
    if (recordedWithin || something) {
      frame.tellOuter();
    }
    stack.release(frame);
    return something && !recordedWithin;
  }
}
