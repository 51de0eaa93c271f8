package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MessageConsumer.getMessageListener}: the application gets the listener that it has
 * set.
 */
final class GetListenerHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return WatchedListener.unwatched(result);
  }
}
