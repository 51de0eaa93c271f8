package io.metricsagent.instrumentations.user;

/** The kind of a class that the settings name. */
public enum TargetKind {
  /** {@code metrics.agent.adapters.include}. */
  ADAPTER("metrics.agent.adapters.include"),
  /** {@code metrics.agent.tools.include}. */
  TOOL("metrics.agent.tools.include"),
  /** {@code metrics.agent.mailboxes.include}. */
  MAILBOX("metrics.agent.mailboxes.include"),
  /** {@code metrics.agent.runs.include}. */
  RUN("metrics.agent.runs.include");

  private final String setting;

  TargetKind(String setting) {
    this.setting = setting;
  }

  /** Returns the setting that names such classes. */
  String setting() {
    return setting;
  }
}
