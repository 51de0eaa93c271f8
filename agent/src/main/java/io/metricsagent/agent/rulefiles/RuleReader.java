package io.metricsagent.agent.rulefiles;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rules of the nodes of files. A rule with a problem is left out; the others are read. Not
 * thread-safe.
 */
final class RuleReader {
  private final Problems problems;
  private final FieldReader fields;
  private final RuleMaker maker;
  private final Contradictions contradictions;

  private final List<AdapterRule> adapters = new ArrayList<>();
  private final List<ToolRule> tools = new ArrayList<>();
  private final List<MailboxRule> mailboxes = new ArrayList<>();
  private final List<RunRule> runs = new ArrayList<>();

  RuleReader(Problems problems, Places places) {
    this.problems = problems;
    fields = new FieldReader(problems, places);
    maker = new RuleMaker(problems, places);
    contradictions = new Contradictions(problems, places);
  }

  /**
   * Reads one file.
   *
   * @param root the document, or {@code null} for a file without one
   */
  void read(String file, YamlNode root) {
    if (root == null || (root instanceof YamlNode.Text text && text.isNull())) {
      problems.add(
          new Origin(file, 1, 1), "the file has no rule; rules --example prints a file with some");
      return;
    }
    if (!(root instanceof YamlNode.Entries sections)) {
      problems.add(
          root.place(),
          "a rule file cannot be "
              + root.kind()
              + "; begin with adapters:, tools:, mailboxes: or"
              + " runs:");
      return;
    }
    Map<String, Origin> seen = new HashMap<>();
    for (YamlNode.Entry entry : sections.entries()) {
      String name = entry.key().value();
      Key section = Key.named(name, RuleKeys.SECTIONS);
      Origin first = seen.putIfAbsent(name, entry.key().place());
      if (first != null) {
        problems.add(
            entry.key().place(),
            name + " is there twice, first at " + first + "; make it one list");
      } else if (section == null) {
        problems.add(entry.key().place(), unknownSection(name));
      } else {
        rules(section, entry);
      }
    }
  }

  private static String unknownSection(String name) {
    List<String> names = Key.names(RuleKeys.SECTIONS);
    String nearest = NearestName.of(name, names);
    return "a rule file has no section "
        + name
        + (nearest == null
            ? "; the sections are " + String.join(", ", names)
            : "; did you mean " + nearest + "?");
  }

  private void rules(Key section, YamlNode.Entry entry) {
    if (!(entry.value() instanceof YamlNode.Items list)) {
      problems.add(
          entry.value() instanceof YamlNode.Text ? entry.key().place() : entry.value().place(),
          section.name()
              + " is a list of rules; write - type: com.acme.Llm, with a hyphen before each rule");
      return;
    }
    for (YamlNode item : list.items()) {
      if (item instanceof YamlNode.Entries rule) {
        rule(section, rule);
      } else {
        problems.add(
            item.place(),
            "a rule cannot be " + item.kind() + "; write - type: com.acme.Llm, methods and so on");
      }
    }
  }

  private void rule(Key section, YamlNode.Entries node) {
    int before = problems.count();
    String what = what(section);
    Fields rule = fields.read(node, section.keys(), what);
    Object made = problems.count() > before ? null : make(section, rule);
    if (problems.count() > before || !contradictions.allows(made)) {
      return;
    }
    if (made instanceof AdapterRule adapter) {
      adapters.add(adapter);
    } else if (made instanceof ToolRule tool) {
      tools.add(tool);
    } else if (made instanceof MailboxRule mailbox) {
      mailboxes.add(mailbox);
    } else {
      runs.add((RunRule) made);
    }
  }

  private Object make(Key section, Fields rule) {
    return switch (section.name()) {
      case RuleKeys.ADAPTERS -> maker.adapter(rule);
      case RuleKeys.TOOLS -> maker.tool(rule);
      case RuleKeys.MAILBOXES -> maker.mailbox(rule);
      default -> maker.run(rule);
    };
  }

  private static String what(Key section) {
    return switch (section.name()) {
      case RuleKeys.ADAPTERS -> "an adapter";
      case RuleKeys.TOOLS -> "a tool";
      case RuleKeys.MAILBOXES -> "a mailbox";
      default -> "a run";
    };
  }

  UserRules rules() {
    return new UserRules(adapters, tools, mailboxes, runs);
  }
}
