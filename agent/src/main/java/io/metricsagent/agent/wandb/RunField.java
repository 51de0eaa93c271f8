package io.metricsagent.agent.wandb;

import java.util.Map;

/** The fields of a run, by their names in an export and in the API. */
enum RunField {
  ID,
  NAME,
  STATE,
  CREATED,
  HEARTBEAT,
  SWEEP,
  SUMMARY,
  SYSTEM;

  /** An export: an array of objects with these fields. */
  static final Map<String, RunField> OF_EXPORT =
      Map.of(
          "id",
          ID,
          "name",
          NAME,
          "state",
          STATE,
          "created_at",
          CREATED,
          "heartbeat_at",
          HEARTBEAT,
          "sweep",
          SWEEP,
          "summary",
          SUMMARY,
          "system_metrics",
          SYSTEM);

  /** The type {@code Run} of the API, whose {@code name} is the id that people see in URLs. */
  static final Map<String, RunField> OF_API =
      Map.of(
          "name",
          ID,
          "displayName",
          NAME,
          "state",
          STATE,
          "createdAt",
          CREATED,
          "heartbeatAt",
          HEARTBEAT,
          "sweepName",
          SWEEP,
          "summaryMetrics",
          SUMMARY,
          "systemMetrics",
          SYSTEM);
}
