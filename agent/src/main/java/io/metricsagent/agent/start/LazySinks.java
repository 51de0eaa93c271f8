package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.List;
import java.util.function.Supplier;

/** Makes the exporters at the first flush. */
final class LazySinks implements Supplier<List<MetricsSink>> {
  private final AgentConfig config;

  LazySinks(AgentConfig config) {
    this.config = config;
  }

  @Override
  public List<MetricsSink> get() {
    return Sinks.of(config);
  }
}
