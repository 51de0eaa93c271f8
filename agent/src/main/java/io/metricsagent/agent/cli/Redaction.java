package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.sessions.SessionRedaction;

/** Makes the redaction that the settings ask for. Stateless. */
final class Redaction {
  private Redaction() {}

  /**
   * Returns the redaction with the user's own pattern.
   *
   * @throws CliException if the pattern is malformed
   */
  static SessionRedaction of(AgentConfig config) throws CliException {
    try {
      return new SessionRedaction(Redactor.with(config.sessions().redactPattern()));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(SessionSettings.REDACT.key() + ": " + e.getMessage());
    }
  }
}
