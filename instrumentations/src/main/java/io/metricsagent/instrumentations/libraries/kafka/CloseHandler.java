package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.ConcurrentModificationException;

/**
 * Handles {@code KafkaConsumer.close}, which may commit before it returns. What is not committed
 * then goes to another consumer or is delivered again later; nothing is said about it.
 */
final class CloseHandler extends SiteHandler {
  private final KafkaTracker tracker;

  CloseHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  /**
   * Returns whether the consumer is still open: another thread is polling it, or the timeout is
   * negative. After all other exceptions it is closed.
   */
  private static boolean isRefused(Throwable thrown) {
    return thrown instanceof ConcurrentModificationException
        || thrown instanceof IllegalArgumentException;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (!isRefused(thrown)) {
      tracker.closed(token);
    }
    return result;
  }
}
