package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Outcome;

/**
 * Messages for actors that have stopped without ever having got one, of one library. Such an actor
 * has no mailbox among the figures, and a message that comes too late makes none: it is a dead
 * letter of nobody known. Thread-safe.
 */
final class LateMessages implements LevelSource {
  private final MailboxMetrics unknown;
  private final ClosedMailboxes closed = new ClosedMailboxes();

  LateMessages(MailboxMetrics unknown) {
    this.unknown = unknown;
  }

  /** A message was put into the closed mailbox of such an actor. */
  void putInto(Object mailbox) {
    closed.add(mailbox);
  }

  /** What the library has emptied meanwhile, it has published as dead letters itself. */
  @Override
  public void sample(LevelSample into) {
    Outcome.DEAD_LETTERED.record(unknown, closed.takeLost());
  }
}
