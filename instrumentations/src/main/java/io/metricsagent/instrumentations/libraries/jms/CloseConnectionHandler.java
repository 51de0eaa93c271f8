package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code Connection.close}, which closes the connection's sessions. */
final class CloseConnectionHandler extends SiteHandler {
  private final JmsTracker tracker;

  CloseConnectionHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return tracker.connection(self);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (!Refusal.is(thrown)) { // a listener must not close its own connection
      ((JmsConnection) token).closed();
    }
    return result;
  }
}
