package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles the methods of share consumers and of their acknowledgements. */
final class ShareHandler extends SiteHandler {
  /** What the method does. */
  enum Step {
    /** It returns records to the application. */
    POLL,
    /** The application acknowledges a record. */
    ACKNOWLEDGE,
    /** The client takes the acknowledgements that it will send. */
    TAKE,
    /** The broker has answered. */
    COMPLETE
  }

  private static final Object MEASURED = new Object();

  private final ShareTracker tracker;
  private final Step step;

  ShareHandler(ShareTracker tracker, Step step) {
    this.tracker = tracker;
    this.step = step;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    switch (step) {
      case ACKNOWLEDGE -> tracker.acknowledged(arg0, arg1);
      case COMPLETE -> tracker.completed(self, arg0 == null);
      case POLL, TAKE -> {
        return MEASURED;
      }
    }
    return null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      if (step == Step.POLL) {
        tracker.polled(result);
      } else {
        tracker.taken(result);
      }
    }
    return result;
  }
}
