package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.OtlpConfig;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
      case "otlp" -> OtlpSink.create(otlp(config));
      default -> throw new IllegalArgumentException("there is no exporter of that name");
    };
  }

  private static OtlpSettings otlp(AgentConfig config) {
    OtlpConfig otlp = config.otlp();
    Map<String, String> resource = new LinkedHashMap<>(otlp.resourceAttributes());
    resource.put("service.name", config.serviceName());
    return new OtlpSettings(
        URI.create(otlp.endpoint()),
        OtlpSettings.Protocol.valueOf(otlp.protocol().name()),
        otlp.headers(),
        otlp.gzip(),
        otlp.timeout(),
        OtlpSettings.Temporality.valueOf(otlp.temporality().name()),
        switch (otlp.histogramAggregation()) {
          case EXPLICIT_BUCKET_HISTOGRAM -> OtlpSettings.HistogramAggregation.EXPLICIT;
          case BASE2_EXPONENTIAL_BUCKET_HISTOGRAM ->
              OtlpSettings.HistogramAggregation.BASE2_EXPONENTIAL;
        },
        resource,
        path(otlp.certificate()),
        path(otlp.clientKey()),
        path(otlp.clientCertificate()));
  }

  private static Path path(File file) {
    return file == null ? null : file.toPath();
  }
}
