package io.metricsagent.instrumentations.calls;

/**
 * One depth of a {@link FrameStack}: the frame under way there, and one frame of each kind for the
 * next call. A frame is made when its kind is first needed at this depth. Only the current frame
 * can be held or detached; the others wait to be used again.
 *
 * <p>Each method that returns a frame creates it at the first use and makes it the current frame.
 */
final class Level {
  /** The frame that was begun last at this depth, or {@code null}. */
  Frame current;

  private RequestFrame request;
  private AttemptFrame attempt;
  private LayerFrame layer;
  private ToolFrame tool;
  private LoopFrame loop;
  private ExchangeFrame exchange;
  private MailboxFrame mailbox;

  /** Of no type of its own, so that the verifier does not load the class while no run is kept. */
  private Frame run;

  /**
   * Loads the classes of all kinds of frames, because loading them later on an exhausted stack
   * would fail.
   */
  static void load(FrameStack stack) {
    Level level = new Level();
    level.request(stack);
    level.attempt(stack);
    level.layer(stack);
    level.tool(stack);
    level.loop(stack);
    level.exchange(stack);
    level.mailbox(stack);
  }

  RequestFrame request(FrameStack stack) {
    if (request == null) {
      request = new RequestFrame(stack);
    }
    makeCurrent(request);
    return request;
  }

  AttemptFrame attempt(FrameStack stack) {
    if (attempt == null) {
      attempt = new AttemptFrame(stack);
    }
    makeCurrent(attempt);
    return attempt;
  }

  LayerFrame layer(FrameStack stack) {
    if (layer == null) {
      layer = new LayerFrame(stack);
    }
    makeCurrent(layer);
    return layer;
  }

  ToolFrame tool(FrameStack stack) {
    if (tool == null) {
      tool = new ToolFrame(stack);
    }
    makeCurrent(tool);
    return tool;
  }

  LoopFrame loop(FrameStack stack) {
    if (loop == null) {
      loop = new LoopFrame(stack);
    }
    makeCurrent(loop);
    return loop;
  }

  ExchangeFrame exchange(FrameStack stack) {
    if (exchange == null) {
      exchange = new ExchangeFrame(stack);
    }
    makeCurrent(exchange);
    return exchange;
  }

  RunFrame run(FrameStack stack) {
    if (run == null) {
      run = RunFrame.of(stack);
    }
    makeCurrent(run);
    return (RunFrame) run;
  }

  MailboxFrame mailbox(FrameStack stack) {
    if (mailbox == null) {
      mailbox = new MailboxFrame(stack);
    }
    makeCurrent(mailbox);
    return mailbox;
  }

  private void makeCurrent(Frame frame) {
    if (current != frame) { // a comparison is faster than a write of a reference
      current = frame;
    }
  }

  /**
   * Ends the current frame unless it is detached. A detached frame goes on without its thread, and
   * this level makes another frame for the next call.
   */
  void release() {
    Frame frame = current;
    if (frame == null) {
      return;
    }
    if (frame.isDetached()) {
      forget(frame);
      current = null;
      frame.parent = null;
      frame.stack = null;
    } else if (frame.held) {
      frame.end();
    }
  }

  /** Drops a frame, so that the next call of its kind gets another one. */
  private void forget(Frame frame) {
    request = request == frame ? null : request;
    attempt = attempt == frame ? null : attempt;
    layer = layer == frame ? null : layer;
    tool = tool == frame ? null : tool;
    loop = loop == frame ? null : loop;
    exchange = exchange == frame ? null : exchange;
    mailbox = mailbox == frame ? null : mailbox;
  }
}
