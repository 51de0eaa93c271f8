package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import java.util.IdentityHashMap;
import java.util.Map;

/** What the handlers of the user's own classes share. Thread-safe. */
final class UserShared {
  private final SentTimes sent = new SentTimes();
  private final Map<MailboxRule, RuleMailbox> mailboxesOfRules = new IdentityHashMap<>();
  private final MailboxSuccession succession = new MailboxSuccession();
  private final RuleDepths depths;
  private final Mailboxes mailboxes;

  UserShared(Registry registry) {
    this(registry, new RuleDepths());
  }

  UserShared(Registry registry, RuleDepths depths) {
    mailboxes = new Mailboxes(registry);
    this.depths = depths;
  }

  /** Returns when messages were sent, to whatever mailbox of this process. */
  SentTimes sent() {
    return sent;
  }

  /** Returns the mailboxes of a rule, which all rows of the rule share. */
  synchronized RuleMailbox mailbox(MailboxRule rule) {
    RuleMailbox known = mailboxesOfRules.get(rule);
    if (known == null) {
      known = new RuleMailbox(rule, mailboxes, succession);
      known.inForce(true);
      mailboxesOfRules.put(rule, known);
      if (rule.depth() != null) {
        depths.add(rule, known, mailboxes);
      }
    }
    return known;
  }
}
