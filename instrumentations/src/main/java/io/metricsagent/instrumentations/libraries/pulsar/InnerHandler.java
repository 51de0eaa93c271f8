package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MultiTopicsConsumerImpl.receiveMessageFromConsumer}, with which a consumer of
 * several topics asks an inner consumer for messages, before that one hands any over.
 */
final class InnerHandler extends SiteHandler {
  private final PulsarTracker tracker;

  InnerHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.receives(self, arg0);
    return null;
  }
}
