package io.metricsagent.instrumentations.user;

/** What a class named in the settings is. */
public enum TargetKind {
  /** {@code metrics.agent.adapters.include}. */
  ADAPTER,
  /** {@code metrics.agent.tools.include}. */
  TOOL,
  /** {@code metrics.agent.mailboxes.include}. */
  MAILBOX
}
