package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * What the commands need from outside: the exporters, so that this package does not depend on them,
 * and the process around it, so that tests can be another one.
 *
 * @param version the agent's version
 * @param sinks makes the sinks that {@link AgentConfig#exporters} lists; the caller closes them
 * @param snapshots writes snapshots as JSON
 * @param merger adds the contents of snapshot files up, each given with its name; throws {@link
 *     IllegalArgumentException} for what is none
 */
public record Wiring(
    String version,
    Function<AgentConfig, List<MetricsSink>> sinks,
    SnapshotWriter snapshots,
    Function<Map<String, byte[]>, byte[]> merger,
    Properties systemProperties,
    Map<String, String> environment) {

  /** Wires the commands to this process. */
  public Wiring(
      String version,
      Function<AgentConfig, List<MetricsSink>> sinks,
      SnapshotWriter snapshots,
      Function<Map<String, byte[]>, byte[]> merger) {
    this(version, sinks, snapshots, merger, System.getProperties(), System.getenv());
  }

  /**
   * Loads the settings as an agent in this process would.
   *
   * @param agentArguments {@code null} for none
   */
  AgentConfig load(String agentArguments) {
    return AgentConfig.load(agentArguments, systemProperties, environment);
  }
}
