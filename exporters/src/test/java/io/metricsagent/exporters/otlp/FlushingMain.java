package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Flushes over OTLP and StatsD to a host of some name; run by {@link MovingReceiverTest} in a JVM
 * of its own. Arguments: the host and its ports for OTLP and for StatsD. For each line of input, a
 * number, it flushes so often, with one call each, and prints how many flushes failed; for {@code
 * heap} it prints the bytes in use.
 */
final class FlushingMain {
  private FlushingMain() {}

  public static void main(String[] args) throws Exception {
    SampleRegistry sample = new SampleRegistry();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (OtlpSink otlp = otlp(args[0], args[1]);
        StatsdSink statsd =
            new StatsdSink(
                new StatsdSettings(
                    args[0], Integer.parseInt(args[2]), "wink", 1, Dialect.DATADOG))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("heap")) {
          System.out.println(Heap.bytes());
          continue;
        }
        int failed = 0;
        for (int i = Integer.parseInt(line); i > 0; i--) {
          sample.registry().recordToolCall("search", 7, true, null);
          failed += failures(otlp, sample) + failures(statsd, sample);
        }
        System.out.println(failed);
      }
    }
  }

  private static int failures(MetricsSink sink, SampleRegistry sample) throws Exception {
    try {
      sink.export(sample.snapshot()).toCompletableFuture().join();
      return 0;
    } catch (CompletionException e) {
      return 1;
    }
  }

  private static OtlpSink otlp(String host, String port) {
    OtlpSettings settings =
        new OtlpSettings(
            URI.create("http://" + host + ":" + port + "/v1/metrics"),
            Protocol.HTTP_PROTOBUF,
            Map.of(),
            false,
            Duration.ofSeconds(10),
            Temporality.DELTA,
            HistogramAggregation.EXPLICIT,
            Map.of(),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false);
    return OtlpSink.create(settings, new Timing(System::nanoTime, nanos -> {}, () -> 1));
  }
}
