package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code getTask}, which waits for a task and takes it out of the queue. */
final class TakeHandler extends SiteHandler {
  private final PoolTracker tracker;

  TakeHandler(PoolTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return tracker.pool(self);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      ((PoolState) token).taken(result);
    }
    return result;
  }
}
