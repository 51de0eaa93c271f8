package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code execute}, with which tasks come to a pool. */
final class ExecuteHandler extends SiteHandler {
  private final PoolTracker tracker;

  ExecuteHandler(PoolTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    PoolState pool = tracker.pool(self);
    if (pool != null && arg0 instanceof Runnable task) {
      pool.executing(task);
    }
    return null;
  }
}
