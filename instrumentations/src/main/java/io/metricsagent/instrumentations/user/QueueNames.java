package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.List;

/**
 * The names that one rule gives to its queues, and their series. Without a name in the rule, a
 * queue is named by the class of its mailbox. Immutable and thread-safe.
 */
final class QueueNames {
  /** A queue. */
  record Named(String queue, String system, MailboxMetrics series) {
    private boolean isOf(String otherQueue, String otherSystem) {
      return queue.equals(otherQueue)
          && (system == null ? otherSystem == null : system.equals(otherSystem));
    }
  }

  private final String type;
  private final Value queue;
  private final Value system;
  private final Mailboxes mailboxes;

  QueueNames(MailboxRule rule, Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
    type = ClassNames.simple(rule.type().name());
    ArgumentPlaces places = ArgumentPlaces.of(List.of(), List.of());
    queue = Value.of(rule.queue(), Moment.END, places);
    system = Value.of(rule.system(), Moment.END, places);
  }

  /**
   * Returns the queue of a mailbox under the name that it has now.
   *
   * @param self {@code null} for static methods
   * @param last what is returned if the name is the same still; may be {@code null}
   */
  Named of(Object self, Named last) {
    String said = queue == null ? null : queue.text(self, null, null, null);
    String name = said == null ? ClassNames.of(self, type) : said;
    String ofSystem = system == null ? null : system.text(self, null, null, null);
    return last != null && last.isOf(name, ofSystem)
        ? last
        : new Named(name, ofSystem, mailboxes.of(name, ofSystem));
  }
}
