package io.metricsagent.instrumentations.operations;

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
    boolean mine = FrameStack.current().pop(frame);
    if (mine) {
      frame.end();
    }
    return mine;
  }
}
