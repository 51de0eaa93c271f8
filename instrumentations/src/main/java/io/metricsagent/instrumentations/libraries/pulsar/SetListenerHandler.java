package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerConfigurationData.setMessageListener}, where the user has operations
 * timed: replaces the listener by a {@link WatchedListener}. The builders of consumers and readers
 * pass it there, and only the client's own classes read it again.
 */
final class SetListenerHandler extends SiteHandler {
  private final PulsarTracker tracker;

  SetListenerHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0 == null || !tracker.mailboxes().timesOperations() ? null : this;
  }

  @Override
  public Object replaceArgument(Object token, Object listener) {
    return WatchedListener.watch(listener, tracker, this);
  }
}
