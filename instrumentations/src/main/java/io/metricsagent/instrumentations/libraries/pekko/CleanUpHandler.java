package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code Mailbox.cleanUp}, which makes dead letters of what is left when an actor stops.
 */
final class CleanUpHandler extends SiteHandler {
  private static final Accessor CELL = Accessor.path("actor()");

  private final ActorTracker tracker;

  CleanUpHandler(ActorTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Object cell = CELL.read(self);
    ActorClass actors = tracker.ofStopped(cell);
    MailboxFrame frame = actors == null ? null : Nesting.enterEach(cell, actors, null);
    if (frame != null) {
      frame.note(Step.CLEAN_UP);
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object cell = frame.owner();
    Nesting.exit(frame);
    tracker.stopped(cell);
    return result;
  }
}
