package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code Mailboxes.onDeadLetterMailboxEnqueue}: a message leaves the mailbox of an actor
 * that has stopped. The method also gets messages to actors that have stopped before, which are in
 * no mailbox. Stateless.
 */
final class DropHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    MailboxFrame frame = Step.around();
    if (frame != null && frame.note() == Step.CLEAN_UP) {
      ((ActorClass) frame.self()).lost(arg1);
    }
    return null;
  }
}
