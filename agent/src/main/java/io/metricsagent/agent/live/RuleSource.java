package io.metricsagent.agent.live;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.user.model.UserRules;

/** Reads the rules as they are written now. */
public interface RuleSource {
  /**
   * Rules of the user's own, and the module that measures by them.
   *
   * @param module its rows are equal where the rules that they come from are
   */
  record Ruleset(UserRules rules, InstrumentationModule module) {}

  /**
   * Reads all rules, and logs what is wrong with them. A rule that is wrong is left out.
   *
   * @return {@code null} if a file cannot be read at all, so that the rules in force stay
   */
  Ruleset read();
}
