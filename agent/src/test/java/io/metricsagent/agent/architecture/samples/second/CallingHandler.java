package io.metricsagent.agent.architecture.samples.second;

import io.metricsagent.agent.architecture.samples.first.CalledHandler;
import io.metricsagent.agent.architecture.samples.libraries.one.One;
import io.metricsagent.instrumentations.rules.SiteHandler;

/** Calls another handler, and knows a library. */
public final class CallingHandler extends SiteHandler {
  /** Returns a name. */
  public static String name() {
    return One.name();
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    CalledHandler.called();
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
