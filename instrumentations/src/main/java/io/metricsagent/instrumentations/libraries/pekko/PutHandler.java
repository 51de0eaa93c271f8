package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that put a message into a mailbox. It is counted before it is in, because
 * another thread may take it out at once; so its age includes the time for which the sender waits
 * for room in a bounded mailbox. If there is none, the library sends a dead letter meanwhile. A
 * message to an actor that has stopped, and never got one, comes too late to make a mailbox.
 */
final class PutHandler extends SiteHandler {
  private static final Accessor CELL = Accessor.path("actor()");
  private static final Accessor CONTEXT = Accessor.path("context()");
  private static final Accessor CLOSED = Accessor.path("isClosed()");

  /** Where a message is put in, by the receiver of the method. */
  enum Place {
    /** {@code Mailbox.enqueue}: the receiver's reference and the envelope. */
    MAILBOX,
    /** {@code BalancingDispatcher.dispatch}, around the mailbox: the cell and the envelope. */
    SHARED_QUEUE,
    /** {@code StashSupport.enqueueFirst}, around the mailbox: the envelope, to the actor itself. */
    STASH
  }

  private final ActorTracker tracker;
  private final Place place;

  PutHandler(ActorTracker tracker, Place place) {
    this.tracker = tracker;
    this.place = place;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ActorClass actors =
        switch (place) {
          case MAILBOX -> tracker.known(CELL.read(self));
          case SHARED_QUEUE -> tracker.of(arg0);
          case STASH -> tracker.of(CONTEXT.read(self));
        };
    if (actors == null && place == Place.MAILBOX) {
      Object cell = CELL.read(self);
      boolean stopped = cell != null && Boolean.TRUE.equals(CLOSED.read(self));
      actors = stopped && tracker.isNameless(cell) ? tracker.ofStopped(cell) : tracker.of(cell);
      if (actors == null && stopped && tracker.mayBeLate(cell)) {
        return self; // the mailbox, as the token of a late message
      }
    }
    if (actors == null) {
      return null;
    }
    if (place == Place.STASH) {
      actors.puttingAgain();
    } else {
      actors.putting(arg1);
    }
    MailboxFrame frame = Nesting.enterEach(self, actors, place == Place.STASH ? arg0 : arg1);
    if (frame != null) {
      frame.note(Step.PUT);
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (!(token instanceof MailboxFrame frame)) {
      if (thrown == null) {
        tracker.late(token);
      }
      return result;
    }
    ActorClass actors = (ActorClass) frame.self();
    Object envelope = frame.argument();
    Object mailbox = place == Place.MAILBOX ? frame.owner() : null;
    boolean refused = frame.note() == Step.REFUSED || thrown != null;
    if (!Nesting.exit(frame)) {
      return result;
    }
    if (refused) {
      actors.lost(envelope);
    } else if (mailbox != null && Boolean.TRUE.equals(CLOSED.read(mailbox))) {
      actors.putIntoClosed(mailbox, envelope);
    }
    return result;
  }
}
