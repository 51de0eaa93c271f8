package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerBase.decreaseIncomingMessageSize}, which the client calls with each
 * message that it takes out of a consumer's queue, and {@code completePendingReceive}, with which
 * it completes a future that waits for a message, past the queue. By these, {@link SilentConsumers}
 * hand their messages over, except to listeners.
 */
final class TakenHandler extends SiteHandler {
  /** How a message leaves the consumer. */
  enum Way {
    /** Out of the queue. */
    QUEUE,
    /** As the result of a future. */
    FUTURE
  }

  private final PulsarTracker tracker;
  private final Way way;

  TakenHandler(PulsarTracker tracker, Way way) {
    this.tracker = tracker;
    this.way = way;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (!tracker.hasSilentConsumers()) {
      return null;
    }
    ConsumerState consumer = tracker.consumer(self);
    if (consumer != null
        && consumer.isSilent()
        && !consumer.hasListener()
        && !SilentConsumers.dropsOnThisThread()) {
      consumer.handOver(way == Way.QUEUE ? arg0 : arg1);
    }
    return null;
  }
}
