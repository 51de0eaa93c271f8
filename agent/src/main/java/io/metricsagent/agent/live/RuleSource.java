package io.metricsagent.agent.live;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.user.model.UserRules;

/** Reads the rules as they are written now. */
public interface RuleSource {
  /**
   * Rules of the user's own, and the module that measures by them.
   *
   * @param module its rows are equal where the rules that they come from are
   * @param mistakes how many were logged; a rule with one is left out
   */
  record Ruleset(UserRules rules, InstrumentationModule module, int mistakes) {}

  /**
   * Reads all rules, and logs what is wrong with them. A rule that is wrong is left out.
   *
   * @return {@code null} if a file cannot be read at all, so that the rules in force stay
   */
  Ruleset read();
}
