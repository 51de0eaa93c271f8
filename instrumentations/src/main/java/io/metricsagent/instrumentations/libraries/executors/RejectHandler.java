package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code reject}: a pool that is full or shut down refuses a task. */
final class RejectHandler extends SiteHandler {
  private final PoolTracker tracker;

  RejectHandler(PoolTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.rejected(self, arg0);
    return null;
  }
}
