package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Receive;
import io.metricsagent.instrumentations.user.model.MailboxRule.Send;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settle;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rules of one {@code include} setting, their short form: a type and its methods, and nothing
 * about their objects. Not thread-safe.
 */
final class IncludeRules {
  private final TargetKind kind;
  private final List<String> problems;
  private final List<AdapterRule> adapters = new ArrayList<>();
  private final List<ToolRule> tools = new ArrayList<>();
  private final List<MailboxRule> mailboxes = new ArrayList<>();
  private final List<RunRule> runs = new ArrayList<>();

  private IncludeRules(TargetKind kind, List<String> problems) {
    this.kind = kind;
    this.problems = problems;
  }

  /**
   * Reads a setting.
   *
   * @param problems gets one line for each part that cannot be used, in words for the user
   */
  static UserRules of(TargetKind kind, String text, List<String> problems) {
    IncludeParser parser = IncludeParser.parse(text);
    problems.addAll(parser.problems());
    IncludeRules rules = new IncludeRules(kind, problems);
    for (IncludeParser.Entry entry : parser.entries()) {
      rules.add(entry);
    }
    return new UserRules(rules.adapters, rules.tools, rules.mailboxes, rules.runs);
  }

  private void add(IncludeParser.Entry entry) {
    TargetType type = new TargetType(new Origin(kind.setting(), 0, 0), entry.type(), true);
    if (kind == TargetKind.MAILBOX) {
      addMailbox(type, entry.methods());
      return;
    }
    List<MethodTarget> methods = new ArrayList<>();
    for (String written : entry.methods()) {
      methods.add(MethodTarget.named(withoutRole(entry.type(), written)));
    }
    switch (kind) {
      case ADAPTER ->
          adapters.add(
              new AdapterRule(
                  type, methods, null, null, null, null, null, null, null, null, null, Map.of(),
                  Map.of()));
      case TOOL -> tools.add(new ToolRule(type, methods, null, null, null, Map.of()));
      case RUN -> runs.add(new RunRule(type, methods, null));
      case MAILBOX -> {}
    }
  }

  private String withoutRole(String type, String written) {
    int equals = written.indexOf('=');
    if (equals < 0) {
      return written;
    }
    String method = written.substring(0, equals).trim();
    problems.add(
        type
            + ": \""
            + written
            + "\" has a role, which only mailboxes have; "
            + method
            + " is measured");
    return method;
  }

  private void addMailbox(TargetType type, List<String> written) {
    Map<MailboxRole, List<MethodTarget>> methods = new EnumMap<>(MailboxRole.class);
    for (MailboxRole role : MailboxRole.values()) {
      methods.put(role, new ArrayList<>());
    }
    for (String each : written) {
      int equals = each.indexOf('=');
      String method = equals < 0 ? each : each.substring(0, equals).trim();
      MailboxRole role =
          equals < 0
              ? MailboxRole.guessed(method)
              : MailboxRole.written(each.substring(equals + 1).trim());
      if (role == null) {
        problems.add(
            type.name()
                + ": it is not clear what "
                + each
                + " does; write "
                + method
                + "=ROLE, where ROLE is one of "
                + MailboxRole.words());
      } else {
        methods.get(role).add(MethodTarget.named(method));
      }
    }
    mailboxes.add(mailbox(type, methods));
  }

  private static MailboxRule mailbox(TargetType type, Map<MailboxRole, List<MethodTarget>> by) {
    Map<Settlement, Settle> settlements = new EnumMap<>(Settlement.class);
    settlements.put(Settlement.ACK, new Settle(by.get(MailboxRole.ACK), null));
    settlements.put(Settlement.NACK, new Settle(by.get(MailboxRole.NACK), null));
    settlements.put(Settlement.EXPIRED, new Settle(by.get(MailboxRole.EXPIRED), null));
    settlements.put(Settlement.DEAD_LETTER, new Settle(by.get(MailboxRole.DEAD_LETTER), null));
    return new MailboxRule(
        type,
        null,
        null,
        new Receive(by.get(MailboxRole.RECEIVE), null, null, null, null),
        new Send(by.get(MailboxRole.SEND), null),
        settlements,
        null,
        by.get(MailboxRole.DEPTH));
  }
}
