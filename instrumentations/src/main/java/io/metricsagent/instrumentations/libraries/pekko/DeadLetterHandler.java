package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code DeadLetterActorRef.!}, which publishes dead letters. The call around it tells
 * whose: a mailbox that is full, or one that is emptied, or a buffer of a typed actor that stops.
 * Else the actor has lost its class, or there was none, as when an actor answers a message without
 * a sender.
 */
final class DeadLetterHandler extends SiteHandler {
  private static final Accessor SELF = Accessor.path("self()");
  private static final Accessor RECIPIENT = Accessor.path("recipient()");

  private final ActorTracker tracker;

  DeadLetterHandler(ActorTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    MailboxFrame frame = Step.around();
    Object step = frame == null ? null : frame.note();
    if (step == Step.PUT) {
      frame.note(Step.REFUSED);
    }
    if (DeadLetters.isOne(arg0)) {
      if (frame != null
          && frame.argument() instanceof TypedStash stash
          && isLeftBy(frame.parent(), arg0)) {
        stash.deadLettered();
      } else if (step == Step.PUT || step == Step.CLEAN_UP) {
        ((ActorClass) frame.self()).deadLettered();
      } else {
        tracker.deadLettered(self);
      }
    }
    return null;
  }

  /**
   * Returns whether a dead letter was in the buffer of the actor that handles a message now, and
   * stops with that: it is addressed to the actor itself. Messages to others are dead letters of
   * their own.
   */
  private static boolean isLeftBy(Frame handling, Object deadLetter) {
    Object actor =
        handling instanceof MailboxFrame frame && frame.self() instanceof ActorClass
            ? SELF.read(frame.owner())
            : null;
    return actor != null && RECIPIENT.read(deadLetter) == actor;
  }
}
