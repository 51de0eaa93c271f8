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
    return new SessionRedaction(redactor(config));
  }

  /**
   * Returns the redactor with the user's own pattern.
   *
   * @throws CliException if the pattern is malformed
   */
  static Redactor redactor(AgentConfig config) throws CliException {
    try {
      return Redactor.with(config.sessions().redactPattern());
    } catch (IllegalArgumentException e) {
      throw CliException.usage(SessionSettings.REDACT.key() + ": " + e.getMessage());
    }
  }
}
