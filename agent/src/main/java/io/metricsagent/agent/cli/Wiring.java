package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.wandb.Sleeper;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the commands need from outside: the exporters, on which this package must not depend, and
 * the environment of the process, which tests replace.
 *
 * @param version the agent's version
 * @param sinks makes the sinks that {@link AgentConfig#exporters} lists; the caller closes them
 * @param snapshots writes snapshots as JSON
 * @param merger adds up the contents of snapshot files, given by name; throws {@link
 *     IllegalArgumentException} if one of them is no snapshot
 * @param terminal tells whether standard output is a terminal
 * @param sleeper waits before another attempt
 */
public record Wiring(
    String version,
    Function<AgentConfig, List<MetricsSink>> sinks,
    SnapshotWriter snapshots,
    Function<Map<String, byte[]>, byte[]> merger,
    Properties systemProperties,
    Map<String, String> environment,
    BooleanSupplier terminal,
    Sleeper sleeper) {

  /** Connects the commands to this process. */
  public Wiring(
      String version,
      Function<AgentConfig, List<MetricsSink>> sinks,
      SnapshotWriter snapshots,
      Function<Map<String, byte[]>, byte[]> merger) {
    this(
        version,
        sinks,
        snapshots,
        merger,
        System.getProperties(),
        System.getenv(),
        Terminal::isStandardOutput,
        Sleeper.real());
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
