package io.metricsagent.instrumentations.user.model;

import java.util.List;

/** All rules for classes of the user's own. Immutable. */
public record UserRules(
    List<AdapterRule> adapters,
    List<ToolRule> tools,
    List<MailboxRule> mailboxes,
    List<RunRule> runs) {
  /** Copies the lists. */
  public UserRules {
    adapters = List.copyOf(adapters);
    tools = List.copyOf(tools);
    mailboxes = List.copyOf(mailboxes);
    runs = List.copyOf(runs);
  }
}
