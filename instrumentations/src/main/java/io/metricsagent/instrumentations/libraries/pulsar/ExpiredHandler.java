package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MultiTopicsConsumerImpl.removeExpiredMessagesFromQueue}: the messages that it
 * takes out of the queue go back, and the application does not get them.
 */
final class ExpiredHandler extends SiteHandler {
  private final PulsarTracker tracker;

  ExpiredHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return tracker.hasSilentConsumers() ? Nesting.enter(this, null, SilentConsumers.DROPS) : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Nesting.exit((MailboxFrame) token);
    return result;
  }
}
