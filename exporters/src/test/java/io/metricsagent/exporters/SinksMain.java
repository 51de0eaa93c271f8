package io.metricsagent.exporters;

import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.otlp.OtlpLogSink;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** What the agent does at its start; run by {@link LazyLoadingTest} in a JVM of its own. */
final class SinksMain {
  private SinksMain() {}

  public static void main(String[] args) {
    int threads = Thread.activeCount();
    OtlpSettings settings =
        new OtlpSettings(
            URI.create("http://localhost:4317"),
            OtlpSettings.Protocol.GRPC,
            Map.of(),
            true,
            Duration.ofSeconds(10),
            OtlpSettings.Temporality.CUMULATIVE,
            OtlpSettings.HistogramAggregation.EXPLICIT,
            Map.of(),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false);
    try (ArchiveSink archive =
            new ArchiveSink(new ArchiveSettings(new File("none"), 1, Duration.ofDays(1)));
        StatsdSink statsd =
            new StatsdSink(
                new StatsdSettings("localhost", 8125, "wink", 1, Dialect.of("datadog")));
        OtlpSink otlp = OtlpSink.create(settings)) {
      int logs = OtlpLogSink.create(settings, "1.0").dropped() == 0 ? 1 : 0;
      System.out.println(
          "made every sink with "
              + (Thread.activeCount() - threads)
              + " more threads"
              + " ("
              + archive.name()
              + ", "
              + statsd.name()
              + ", "
              + otlp.name()
              + ", and "
              + logs
              + " of logs)");
    }
  }
}
