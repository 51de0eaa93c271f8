package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods with which the SDK's batch manager fetches messages ahead, and gives those
 * back that the application never gets. The others are received when the application gets them.
 */
final class FetchHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return Nesting.enter(this, Prefetching.MARK, null);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Nesting.exit((Frame) token);
    return result;
  }
}
