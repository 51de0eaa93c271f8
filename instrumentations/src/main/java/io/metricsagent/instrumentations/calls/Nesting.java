package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Keeps the outermost of nested calls: a method that calls an overload of itself, or a wrapper that
 * delegates, counts once. Stateless.
 */
public final class Nesting {
  private Nesting() {}

  /**
   * Begins a call.
   *
   * @param owner whose calls within each other are one
   * @return {@code null} when {@code owner} has a call under way right outside this one
   */
  public static Frame enter(SiteHandler owner, Object self, Object argument) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    if (top != null && top.owner == owner) {
      return null;
    }
    Frame frame = stack.push(Frame.Kind.MAILBOX, null, self, argument);
    if (frame != null) {
      frame.owner = owner;
    }
    return frame;
  }

  /**
   * Ends a call; returns whether it was on this thread's stack. The frame must not be used any
   * more.
   */
  public static boolean exit(Frame frame) {
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
  public static Frame enterInner(SiteHandler owner, Object self) {
    Frame frame = FrameStack.current().push(Frame.Kind.MAILBOX, null, self, null);
    if (frame != null) {
      frame.owner = owner;
    }
    return frame;
  }

  /**
   * Ends a call begun by {@link #enterInner}. The frame must not be used any more.
   *
   * @param something whether the call has something to record
   * @return whether the caller must record it: no inner call did
   */
  public static boolean exitInner(Frame frame, boolean something) {
    FrameStack stack = FrameStack.current();
    if (!stack.pop(frame)) {
      return false;
    }
    boolean inner = frame.recorded;
    Frame parent = frame.parent;
    if (parent != null && parent.owner == frame.owner && (inner || something)) {
      parent.recorded = true;
    }
    stack.release(frame);
    return something && !inner;
  }
}
