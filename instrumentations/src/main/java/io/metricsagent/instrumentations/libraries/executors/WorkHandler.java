package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code runWorker}, which each thread of a pool runs for its whole life. */
final class WorkHandler extends SiteHandler {
  private final PoolTracker tracker;

  WorkHandler(PoolTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.works(self, Thread.currentThread());
    return null;
  }
}
