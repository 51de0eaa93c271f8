package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;

/**
 * What is wrong in a rule file.
 *
 * @param message what is wrong; what to write instead
 */
public record Problem(Origin place, String message) {
  /** Returns the problem as compilers write it: {@code rules.yaml:12:5: message}. */
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
