package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.WatchedPublisher;

/**
 * A publisher that has a frame for each subscription, as {@link FrameHandler} has for each call of
 * a method. If {@link #begin} fails, the frame that it pushed is taken off the stack; otherwise
 * every later call of the thread would count as part of this subscription.
 */
public abstract class FramePublisher extends WatchedPublisher {
  /** A subscription that begins in a run belongs to that run on all its threads. */
  @Override
  protected final Carrier carrier(Object subscriber) {
    return RunCarrier.of(FrameStack.current(), subscriber);
  }

  @Override
  protected final Signals subscribing() {
    FrameStack stack = FrameStack.current();
    int before = stack.depth;
    try {
      return begin(stack);
    } catch (Throwable fault) {
      stack.depth = before; // a write and no call, because the thread's stack may be exhausted
      throw fault;
    }
  }

  /**
   * Somebody subscribes, on the thread of {@code stack}.
   *
   * @return {@code null} if the subscription is not measured; then no frame was pushed
   */
  protected abstract Signals begin(FrameStack stack);
}
