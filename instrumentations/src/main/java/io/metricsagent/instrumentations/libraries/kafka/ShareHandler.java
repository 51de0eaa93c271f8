package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
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
    COMPLETE,
    /** The application waits until the broker has answered. */
    COMMIT
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
    return switch (step) {
      case ACKNOWLEDGE -> {
        tracker.acknowledged(arg0, arg1);
        yield null;
      }
      case COMPLETE -> {
        tracker.completed(self, arg0 == null);
        yield null;
      }
      case TAKE -> MEASURED;
      case POLL, COMMIT -> {
        long begun = tracker.begin();
        boolean isMeasured = begun != 0 || step == Step.POLL; // a commit is only timed here
        MailboxFrame frame = isMeasured ? Nesting.enter(this, self, null) : null;
        if (frame != null) {
          frame.begunAt(begun);
        }
        yield frame;
      }
    };
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (token == MEASURED) {
      if (result != null) {
        tracker.taken(result);
      }
      return result;
    }
    MailboxFrame frame = (MailboxFrame) token;
    long begun = frame.begun();
    if (Nesting.exit(frame) && result != null) {
      if (step == Step.POLL) {
        Operation.RECEIVE.ended(begun, tracker.polled(result));
      } else {
        tracker.committed(begun, result);
      }
    }
    return result;
  }
}
