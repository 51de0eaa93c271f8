package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MessageConsumer.setMessageListener}: replaces the listener by a {@link
 * WatchedListener}, because listeners are often lambdas, whose classes an agent cannot weave.
 * {@link GetListenerHandler} returns the application's own listener.
 */
final class SetListenerHandler extends SiteHandler {
  private final JmsTracker tracker;

  SetListenerHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0 == null ? null : self;
  }

  @Override
  public Object replaceArgument(Object token, Object listener) {
    return WatchedListener.watch(listener, token, tracker, this);
  }
}
