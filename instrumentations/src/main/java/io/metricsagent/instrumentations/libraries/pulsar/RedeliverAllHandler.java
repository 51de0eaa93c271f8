package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerImpl.redeliverUnacknowledgedMessages}, with which the client gives back
 * all that is unsettled. Where a subscription is not shared, a single message cannot be given back,
 * so this happens for each one that the application gives back or does not settle in time.
 */
final class RedeliverAllHandler extends SiteHandler {
  private final PulsarTracker tracker;

  RedeliverAllHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.consumer(self);
    if (consumer != null) {
      consumer.settleAll(Outcome.NACKED);
    }
    return null;
  }
}
