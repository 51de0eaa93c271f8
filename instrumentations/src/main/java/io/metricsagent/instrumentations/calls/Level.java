package io.metricsagent.instrumentations.calls;

/**
 * One depth of a {@link FrameStack}: the frame under way there, and one frame of each kind for the
 * next call. A frame is made when its kind is first needed at this depth. Only the current frame
 * can be held or detached; all others wait for their next use.
 */
final class Level {
  /** The frame that was begun last at this depth, or {@code null}. */
  Frame current;

  RequestFrame request;
  AttemptFrame attempt;
  LayerFrame layer;
  ToolFrame tool;
  LoopFrame loop;
  ExchangeFrame exchange;
  MailboxFrame mailbox;

  /**
   * Ends the current frame, unless it is detached: a detached frame goes on without its thread, and
   * this level makes another one for the next call.
   */
  void release() {
    Frame frame = current;
    if (frame == null) {
      return;
    }
    if (frame.isDetached()) {
      frame.leave(this);
      current = null;
      frame.parent = null;
      frame.stack = null;
    } else if (frame.held) {
      frame.end();
    }
  }
}
