package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.flush.SinkPlan;
import io.metricsagent.agent.flush.SinkSource;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Makes {@link Sinks}, whose class refers to all exporters, when they are first needed. */
final class LazySinks implements SinkSource {
  private final AgentConfig config;
  private Sinks sinks;

  LazySinks(AgentConfig config) {
    this.config = config;
  }

  private synchronized Sinks sinks() {
    if (sinks == null) {
      sinks = new Sinks(config);
    }
    return sinks;
  }

  @Override
  public List<SinkPlan> early(Supplier<MetricsSnapshot> current) {
    return config.exporters().contains("prometheus") ? sinks().early(current) : List.of();
  }

  @Override
  public List<SinkPlan> lazy() {
    return sinks().lazy();
  }

  @Override
  public String dump(MetricsSnapshot snapshot) throws IOException {
    return sinks().dump(snapshot);
  }

  @Override
  public String json(MetricsSnapshot snapshot) {
    return sinks().json(snapshot);
  }
}
