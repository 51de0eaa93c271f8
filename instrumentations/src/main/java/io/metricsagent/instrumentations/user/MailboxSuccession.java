package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settle;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.HashMap;
import java.util.Map;

/**
 * Which rule knows the messages of a mailbox: of the rules that identify and settle its messages
 * alike, the one that came into force last. A rule that settles them in another way begins anew,
 * because messages that it did not see settled would never be. Thread-safe.
 */
final class MailboxSuccession {
  /** What becomes of the messages of a type. */
  private record Handling(String type, Expression id, Map<Settlement, Settle> settlements) {
    static Handling of(MailboxRule rule) {
      return new Handling(
          rule.type().name(),
          rule.receive() == null ? null : rule.receive().id(),
          rule.settlements());
    }
  }

  private final Map<Handling, RuleMailbox> last = new HashMap<>();

  /**
   * Notes that a rule comes into force.
   *
   * @param mailboxes those of the rule
   * @return those of the rule that was in force before and handles messages alike: {@code
   *     mailboxes} itself if it was gone and no other rule took its place, {@code null} if it is
   *     the first
   */
  synchronized RuleMailbox next(MailboxRule rule, RuleMailbox mailboxes) {
    return last.put(Handling.of(rule), mailboxes);
  }
}
