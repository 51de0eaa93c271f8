package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code DeadLetterActorRef.!}, which publishes dead letters. The call around it tells
 * whose: a mailbox that is full, or one that is emptied. Else the actor has lost its class, or
 * there was none, as when an actor answers a message without a sender.
 */
final class DeadLetterHandler extends SiteHandler {
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
      if (step == Step.PUT || step == Step.CLEAN_UP) {
        ((ActorClass) frame.self()).deadLettered();
      } else {
        tracker.deadLettered(self);
      }
    }
    return null;
  }
}
