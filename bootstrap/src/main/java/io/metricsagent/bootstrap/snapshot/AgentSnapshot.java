package io.metricsagent.bootstrap.snapshot;

import java.util.List;

/**
 * The agent's own health.
 *
 * @param version the agent's version
 * @param instrumentations one entry for each library that is instrumented
 * @param seriesDropped how many series the cardinality limit folded into {@code _other}
 */
public record AgentSnapshot(
    String version, List<InstrumentationSnapshot> instrumentations, long seriesDropped) {
  /** Copies {@code instrumentations}. */
  public AgentSnapshot {
    instrumentations = List.copyOf(instrumentations);
  }
}
