package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.rulefiles.Problem;
import io.metricsagent.instrumentations.user.model.Origin;
import java.util.ArrayList;
import java.util.List;

/** What a rule would weave. Filled by {@link RuleCheck}, and then only read. */
public final class RuleReport {
  private final Origin place;
  private final String title;
  private final List<String> lines = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int woven;

  RuleReport(Origin place, String title) {
    this.place = place;
    this.title = title;
  }

  void line(String line) {
    if (!lines.contains(line)) {
      lines.add(line);
    }
  }

  void woven(String line) {
    woven++;
    lines.add(line);
  }

  void problem(Origin where, String message) {
    Problem problem = new Problem(where, message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Returns where the rule was written. */
  public Origin place() {
    return place;
  }

  /** Returns the kind and the type, as in {@code adapter com.acme.Adapter}. */
  public String title() {
    return title;
  }

  /** Returns what is to be told of the rule: the methods that are woven, and what they read. */
  public List<String> lines() {
    return lines;
  }

  /** Returns why the rule would not do what it says. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns how many methods are woven. */
  public int wovenMethods() {
    return woven;
  }
}
