package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.WatchedPublisher;

/**
 * A publisher each subscription of which is a call with a frame: what {@link FrameHandler} is to
 * methods. A frame that {@link #begin} pushed is off the stack again if that fails, or else every
 * later call of the thread would be part of this one.
 */
public abstract class FramePublisher extends WatchedPublisher {
  @Override
  protected final Signals subscribing() {
    FrameStack stack = FrameStack.current();
    int before = stack.depth;
    try {
      return begin(stack);
    } catch (Throwable fault) {
      stack.depth = before; // calls nothing: the thread's own stack may be exhausted
      throw fault;
    }
  }

  /**
   * Somebody subscribes, on the thread of {@code stack}.
   *
   * @return {@code null} if it is of no interest, and no frame was pushed
   */
  protected abstract Signals begin(FrameStack stack);
}
