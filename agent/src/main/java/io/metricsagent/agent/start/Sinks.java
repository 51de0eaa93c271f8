package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import java.util.ArrayList;
import java.util.List;

/** Makes the exporters that the settings name. Stateless; runs off the application's threads. */
public final class Sinks {
  private Sinks() {}

  /** Returns the sinks; one that cannot be made is left out with one line. */
  public static List<MetricsSink> of(AgentConfig config) {
    List<MetricsSink> sinks = new ArrayList<>();
    for (String name : config.exporters()) {
      try {
        sinks.add(sink(name, config));
      } catch (RuntimeException | LinkageError e) {
        AgentLog.log(AgentLog.Level.ERROR, "no export to " + name + ": " + e.getMessage(), e);
      }
    }
    return sinks;
  }

  private static MetricsSink sink(String name, AgentConfig config) {
    return switch (name) {
      case "archive" ->
          new ArchiveSink(
              new ArchiveSettings(
                  config.directory(), config.archive().maxFiles(), config.archive().maxAge()));
      case "statsd" ->
          new StatsdSink(
              new StatsdSettings(
                  config.statsd().host(),
                  config.statsd().port(),
                  config.statsd().prefix(),
                  config.statsd().sampleRate(),
                  Dialect.of(config.statsd().dialect())));
      default -> throw new IllegalArgumentException("there is no exporter of that name");
    };
  }
}
