package io.metricsagent.instrumentations.user.model;

import java.util.ArrayList;
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

  /** Returns these rules and others after them. */
  public UserRules plus(UserRules others) {
    return new UserRules(
        joined(adapters, others.adapters),
        joined(tools, others.tools),
        joined(mailboxes, others.mailboxes),
        joined(runs, others.runs));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
