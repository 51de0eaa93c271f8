package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;

/**
 * A publisher that has a frame for each subscription, as {@link FrameHandler} has for each call of
 * a method. If {@link #begin} fails, the frame that it pushed is taken off the stack; otherwise
 * every later call of the thread would count as part of this subscription.
 */
public abstract class FramePublisher extends WatchedPublisher {
  private final CallContexts contexts;

  /** The experiment of the call that returns this publisher, or {@code null}. */
  private final String experiment;

  /** Makes a publisher that the current call returns. */
  protected FramePublisher(CallContexts contexts) {
    this.contexts = contexts;
    String said = contexts.get(ContextField.EXPERIMENT);
    experiment = said == null ? FrameStack.current().experiment() : said;
  }

  /**
   * A subscription that begins in a run belongs to that run on all its threads, and is part of the
   * experiment of the thread that subscribes, or else of the call that returned the publisher.
   */
  @Override
  protected final Carrier carrier(Object subscriber) {
    String said = contexts.get(ContextField.EXPERIMENT);
    return RunCarrier.of(FrameStack.current(), subscriber, said == null ? experiment : said);
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
