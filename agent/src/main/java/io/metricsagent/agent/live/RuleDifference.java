package io.metricsagent.agent.live;

import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How many rules differ, as a user counts them. A rule that stays for its type and says something
 * else has changed.
 */
record RuleDifference(int fresh, int changed, int gone) {
  /** A rule with its place among the kinds of rules. */
  private record Key(Class<?> kind, String type) {
    static Key of(Record rule) {
      return new Key(rule.getClass(), type(rule));
    }

    private static String type(Record rule) {
      if (rule instanceof AdapterRule adapter) {
        return adapter.type().name();
      } else if (rule instanceof ToolRule tool) {
        return tool.type().name();
      } else if (rule instanceof MailboxRule mailbox) {
        return mailbox.type().name();
      }
      return ((RunRule) rule).type().name();
    }
  }

  static RuleDifference of(UserRules before, UserRules after) {
    List<Record> gone = all(before);
    List<Record> fresh = new ArrayList<>();
    for (Record rule : all(after)) {
      if (!gone.remove(rule)) {
        fresh.add(rule);
      }
    }
    List<Key> left = new ArrayList<>();
    for (Record rule : gone) {
      left.add(Key.of(rule));
    }
    int changed = 0;
    for (Record rule : fresh) {
      changed += left.remove(Key.of(rule)) ? 1 : 0;
    }
    return new RuleDifference(fresh.size() - changed, changed, gone.size() - changed);
  }

  /** Returns how many rules there are. */
  static int count(UserRules rules) {
    return all(rules).size();
  }

  private static List<Record> all(UserRules rules) {
    List<Record> all = new ArrayList<>();
    all.addAll(rules.adapters());
    all.addAll(rules.tools());
    all.addAll(rules.mailboxes());
    all.addAll(rules.runs());
    return all;
  }

  boolean isNone() {
    return fresh + changed + gone == 0;
  }

  /** Returns the counts in words: {@code 2 rules are new, 1 has changed, 1 is gone}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, fresh, "is new", "are new");
    append(text, changed, "has changed", "have changed");
    append(text, gone, "is gone", "are gone");
    return text.toString();
  }

  private static void append(StringBuilder text, int count, String one, String several) {
    if (count == 0) {
      return;
    }
    boolean first = text.length() == 0;
    text.append(first ? "" : ", ").append(count);
    if (first) {
      text.append(count == 1 ? " rule" : " rules");
    }
    text.append(' ').append(count == 1 ? one : several);
  }
}
