package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.ExporterSettings;
import io.metricsagent.agent.flush.SinkPlan;
import io.metricsagent.agent.flush.SinkSource;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.BackgroundSink;
import io.metricsagent.exporters.ContainerId;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.archive.SnapshotJson;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.prometheus.PrometheusSink;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import io.metricsagent.exporters.user.UserSinks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Makes the exporters that the settings name. Runs off the application's threads. */
public final class Sinks implements SinkSource {
  private static final String PROMETHEUS = "prometheus";

  private final AgentConfig config;

  Sinks(AgentConfig config) {
    this.config = config;
  }

  /** Returns the sinks of a process that exports once and ends: all but those that wait. */
  public static List<MetricsSink> of(AgentConfig config) {
    if (config.exporters().contains(PROMETHEUS)) {
      AgentLog.warn(
          "nothing is exported to prometheus, which scrapes a running application; write another"
              + " exporter, such as otlp");
    }
    List<MetricsSink> sinks = new ArrayList<>();
    for (SinkPlan plan : new Sinks(config).lazy()) {
      try {
        sinks.addAll(plan.open());
      } catch (Exception | LinkageError e) {
        AgentLog.log(
            AgentLog.Level.ERROR,
            "nothing is exported to " + plan.name() + ": " + e.getMessage(),
            e);
      }
    }
    return sinks;
  }

  @Override
  public List<SinkPlan> early(Supplier<MetricsSnapshot> current) {
    return config.exporters().contains(PROMETHEUS)
        ? List.of(
            new Plan(PROMETHEUS, () -> List.of(PrometheusSink.open(config.prometheus(), current))))
        : List.of();
  }

  @Override
  public List<SinkPlan> lazy() {
    List<SinkPlan> plans = new ArrayList<>();
    for (String name : config.exporters()) {
      if (!name.equals(PROMETHEUS)) {
        plans.add(new Plan(name, () -> List.of(sink(name, config))));
      }
    }
    if (config.sinksPath() != null) {
      plans.add(new Plan(ExporterSettings.SINKS_PATH.key(), () -> users(config.sinksPath())));
    }
    return plans;
  }

  /** By a name, what opens it. */
  private record Plan(String name, Callable<List<MetricsSink>> opener) implements SinkPlan {
    @Override
    public List<MetricsSink> open() throws Exception {
      return opener.call();
    }
  }

  private static List<MetricsSink> users(String path) {
    List<MetricsSink> sinks = new ArrayList<>();
    for (MetricsSink sink : UserSinks.load(path)) {
      sinks.add(new BackgroundSink(sink));
    }
    return sinks;
  }

  @Override
  public String dump(MetricsSnapshot snapshot) throws IOException {
    return new ArchiveSink(config.archive()).dump(snapshot).toAbsolutePath().toString();
  }

  @Override
  public String json(MetricsSnapshot snapshot) {
    return new String(SnapshotJson.toBytes(snapshot), StandardCharsets.UTF_8);
  }

  private static MetricsSink sink(String name, AgentConfig config) {
    return switch (name) {
      case "archive" -> new BackgroundSink(new ArchiveSink(config.archive()));
      case "statsd" -> new StatsdSink(statsd(config.statsd()));
      case "otlp" -> OtlpSink.create(OtlpResource.in(config.otlp(), config));
      default -> throw new IllegalArgumentException("there is no exporter of that name");
    };
  }

  private static StatsdSettings statsd(StatsdSettings settings) {
    return settings.tellsContainer() ? settings.withContainer(ContainerId.find()) : settings;
  }
}
