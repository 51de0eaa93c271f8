package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code addWorker}: a new thread begins with a task that was in no queue. */
final class NewThreadHandler extends SiteHandler {
  private final PoolTracker tracker;

  NewThreadHandler(PoolTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    PoolState pool = arg0 == null ? null : tracker.pool(self);
    if (pool != null) {
      pool.notQueued(arg0);
    }
    return null;
  }
}
