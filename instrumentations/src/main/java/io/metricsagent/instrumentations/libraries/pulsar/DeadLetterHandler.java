package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code ConsumerImpl.initDeadLetterProducerIfNeeded}. */
final class DeadLetterHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Later.deadLetterOnThisThread();
    return null;
  }
}
