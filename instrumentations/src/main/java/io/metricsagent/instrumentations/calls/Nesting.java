package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Keeps the outermost of nested calls of a mailbox: a method that calls an overload of itself, or a
 * wrapper that delegates, counts once. Stateless.
 */
public final class Nesting {
  private Nesting() {}

  /**
   * Begins a call.
   *
   * @param owner the handler whose calls within each other are one
   * @return {@code null} when {@code owner} has a call under way right outside this one, or the
   *     stack is too deep
   */
  public static MailboxFrame enter(SiteHandler owner, Object self, Object argument) {
    FrameStack stack = FrameStack.current();
    return stack.top() instanceof MailboxFrame top && top.isOf(owner)
        ? null
        : stack.pushMailbox(owner, self, argument);
  }

  /**
   * Ends a call; returns whether it was on this thread's stack. The frame must not be used any
   * more.
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
   * Begins a call of which the innermost is the one to record; returns {@code null} when the stack
   * is too deep.
   */
  public static MailboxFrame enterInner(SiteHandler owner, Object self) {
    return FrameStack.current().pushMailbox(owner, self, null);
  }

  /**
   * Ends a call begun by {@link #enterInner}. The frame must not be used any more.
   *
   * @param something whether the call has something to record
   * @return whether the caller must record it: no inner call did
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
