package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.OtlpReceiver.Received;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.PrometheusServer;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three workers of one service: a backend adds their figures up to the result of {@code merge}. */
@ExtendWith(ShowRuns.class)
class FleetIT {
  private static final Jdk JDK = Jdk.all().get(0);
  private static final String TOOL = "com.example.plain.Oracle";
  private static final String DURATION = "gen_ai.execute_tool.duration";

  /**
   * The number of calls and their milliseconds for each worker, so that the quantiles of all
   * workers differ from those of each.
   */
  private static final Map<String, List<String>> WORKERS =
      Map.of(
          "worker-1", List.of("150", "2"),
          "worker-2", List.of("200", "5"),
          "worker-3", List.of("250", "12"));

  private static final long CALLS = 600;

  /** The error of one bucket of the agent and of one bucket of eight an octave. */
  private static final double BUCKET_ERROR = 1.125 * Math.pow(2, 1 / 8.0);

  private final Map<String, RunningApp> apps = new LinkedHashMap<>();
  private final List<Integer> ports = new ArrayList<>();

  @AfterEach
  void stop() {
    apps.values().forEach(RunningApp::close);
  }

  private void start(String exporters, OtlpReceiver receiver, String... settings)
      throws IOException {
    for (Map.Entry<String, List<String>> worker : WORKERS.entrySet()) {
      int port = Ports.free();
      ports.add(port);
      AgentRun run =
          AgentRun.on(JDK)
              .withAgent("exporters=" + exporters + ",worker.id=" + worker.getKey())
              .setting("otel.service.name", "shop")
              .setting("metrics.agent.prometheus.port", String.valueOf(port))
              .setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
              .setting("metrics.agent.tools.include", TOOL + "[ponder]")
              .jar(Artifacts.app("plain"));
      for (int i = 0; i < settings.length; i += 2) {
        run.setting(settings[i], settings[i + 1]);
      }
      List<String> load = worker.getValue();
      apps.put(worker.getKey(), run.start("ponder", load.get(0), load.get(1)));
    }
    apps.values().forEach(app -> app.awaitOutput("ready"));
  }

  /** Ends the workers and merges their last snapshots by the command. */
  private JsonNode merged() throws IOException {
    List<String> command = new ArrayList<>(List.of("merge"));
    for (RunningApp app : apps.values()) {
      FinishedRun run = app.finish();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      command.add(run.lastSnapshot().toString());
    }
    FinishedRun merge = AgentRun.on(JDK).jar(Artifacts.agent()).run(command.toArray(String[]::new));
    assertThat(merge.exitCode()).as(merge.toString()).isZero();
    JsonNode tool = new JsonMapper().readTree(merge.stdout()).path("tools").path(0);
    assertThat(tool.path("call_count").asLong()).isEqualTo(CALLS);
    return tool.path("latency");
  }

  @Test
  void prometheusAddsThemUp() throws Exception {
    assumeTrue(PrometheusServer.isAvailable(), "prometheus is not installed: none to ask");
    try (OtlpReceiver unused = new OtlpReceiver()) {
      start("prometheus,archive", unused);
      double nativeP99;
      double sum;
      try (PrometheusServer server = new PrometheusServer(ports, null, true)) {
        String latency = "wink_tool_latency_seconds";
        awaitAll(server, "sum(histogram_count(" + latency + "))");
        nativeP99 = value(server, "histogram_quantile(0.99, sum(" + latency + "))");
        sum = value(server, "sum(histogram_sum(" + latency + "))");
        assertThat(value(server, "count(count by (worker) (" + latency + "))")).isEqualTo(3);
        assertThat(value(server, "sum(wink_tool_calls_total{worker='worker-2'})")).isEqualTo(200);
      }
      double classicP99;
      try (PrometheusServer server = new PrometheusServer(ports, null, false)) {
        String bucket = "wink_tool_latency_seconds_bucket";
        awaitAll(server, "sum(wink_tool_latency_seconds_count)");
        classicP99 = value(server, "histogram_quantile(0.99, sum by (le) (" + bucket + "))");
      }
      JsonNode merged = merged();
      double p99 = merged.path("p99").asDouble() / 1000;
      assertThat(nativeP99).isBetween(p99 / BUCKET_ERROR, p99 * BUCKET_ERROR);
      assertThat(classicP99).isBetween(p99 / 2, p99 * 2);
      assertThat(sum)
          .isBetween(
              merged.path("total_sum").asDouble() / 1000 * (1 - 1e-9),
              merged.path("total_sum").asDouble() / 1000 * (1 + 1e-9));
    }
  }

  private static void awaitAll(PrometheusServer server, String count) throws Exception {
    server.query(count + " == " + CALLS);
  }

  private static double value(PrometheusServer server, String expression) throws Exception {
    return Double.parseDouble(server.query(expression).get(0).get("value").get(1).asString());
  }

  @Test
  void cumulativePointsOfAllWorkersAddUp() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      start("otlp,archive", receiver, "metrics.agent.interval", "300ms");
      JsonNode merged = merged();
      Map<String, Received> last = new TreeMap<>();
      for (Received received : receiver.received()) {
        last.put(resource(received, "service.instance.id"), received);
        assertThat(resource(received, "service.name")).isEqualTo("shop");
      }
      assertThat(last).containsOnlyKeys("worker-1", "worker-2", "worker-3");
      assertThat(last.values().stream().map(r -> resource(r, "process.pid")).distinct()).hasSize(3);
      long[] buckets = new long[18];
      for (Received received : last.values()) {
        for (HistogramDataPoint point : histogram(received)) {
          for (int i = 0; i < buckets.length; i++) {
            buckets[i] += point.getBucketCounts(i);
          }
        }
      }
      for (int i = 0; i < buckets.length; i++) {
        assertThat(buckets[i]).isEqualTo(merged.path("bucket_counts").path(i).asLong());
      }
    }
  }

  /** A backend that sums adds up everything that it received, of all workers and intervals. */
  @Test
  void differencesOfAllWorkersAddUp() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      start(
          "otlp,archive",
          receiver,
          "metrics.agent.interval",
          "100ms",
          "otel.exporter.otlp.metrics.temporality.preference",
          "delta",
          "otel.exporter.otlp.metrics.default.histogram.aggregation",
          "base2_exponential_bucket_histogram");
      JsonNode merged = merged();
      TreeMap<Integer, Long> buckets = new TreeMap<>();
      long calls = 0;
      for (Received received : receiver.received()) {
        for (Metric metric : received.metrics()) {
          if (metric.getName().equals("wink.tool.calls")) {
            calls += metric.getSum().getDataPoints(0).getAsInt();
          } else if (metric.getName().equals(DURATION)) {
            metric
                .getExponentialHistogram()
                .getDataPointsList()
                .forEach(point -> add(point, buckets));
          }
        }
      }
      assertThat(calls).isEqualTo(CALLS);
      assertThat(receiver.received()).hasSizeGreaterThan(3);
      assertThat(buckets.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CALLS);
      double p99 = merged.path("p99").asDouble() / 1000;
      assertThat(quantile(buckets, 0.99)).isBetween(p99 / BUCKET_ERROR, p99 * BUCKET_ERROR);
    }
  }

  private static void add(ExponentialHistogramDataPoint point, Map<Integer, Long> buckets) {
    assertThat(point.getScale()).isEqualTo(3);
    for (int i = 0; i < point.getPositive().getBucketCountsCount(); i++) {
      buckets.merge(
          point.getPositive().getOffset() + i, point.getPositive().getBucketCounts(i), Long::sum);
    }
  }

  /** Returns the upper edge of the quantile's bucket, in seconds. */
  private static double quantile(TreeMap<Integer, Long> buckets, double quantile) {
    long below = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      below += bucket.getValue();
      if (below >= quantile * CALLS) {
        return Math.pow(2, (bucket.getKey() + 1) / 8.0);
      }
    }
    throw new AssertionError(buckets.toString());
  }

  private static List<HistogramDataPoint> histogram(Received received) {
    return received.metrics().stream()
        .filter(metric -> metric.getName().equals(DURATION))
        .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
        .toList();
  }

  private static String resource(Received received, String key) {
    return received.request().getResourceMetrics(0).getResource().getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(
            attribute ->
                attribute.getValue().hasIntValue()
                    ? String.valueOf(attribute.getValue().getIntValue())
                    : attribute.getValue().getStringValue())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + key));
  }
}
