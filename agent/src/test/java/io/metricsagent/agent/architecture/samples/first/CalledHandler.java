package io.metricsagent.agent.architecture.samples.first;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Is called by another handler. */
public final class CalledHandler extends SiteHandler {
  /** Does nothing. */
  public static void called() {}

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
