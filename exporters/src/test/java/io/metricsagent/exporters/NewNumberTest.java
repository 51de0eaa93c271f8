package io.metricsagent.exporters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.measures.ToolMeasures;
import io.metricsagent.bootstrap.snapshot.AgentSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import io.metricsagent.exporters.archive.SnapshotJson;
import io.metricsagent.exporters.archive.SnapshotMerge;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import io.metricsagent.exporters.prometheus.PrometheusSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A counter of tools that no format has heard of, known by its declaration alone. */
class NewNumberTest {
  private static final Kind.Builder ALL = ToolMeasures.KIND.extended();

  private static final Measure REPETITIONS =
      ALL.add(
          Measure.of(MeasureType.COUNTER, "tool.repetitions", "{call}")
              .sparse()
              .prometheus("Calls that repeat the one before.")
              .otlp("Tool calls that repeat the one before"));

  private static final Kind KIND = ALL.build();
  private static final Instant START = Instant.parse("2024-01-15T10:29:00Z");

  private final MetricsSnapshot three = repetitions(3);

  private static MetricsSnapshot repetitions(long number) {
    return new MetricsSnapshot(
        START,
        START.plusSeconds(60),
        "w",
        "shop",
        List.of(SeriesSnapshot.of(KIND, "search", null).number(REPETITIONS, number).build()),
        new AgentSnapshot("1.2.3", List.of(), 0));
  }

  private static String json(MetricsSnapshot snapshot) {
    return new String(SnapshotJson.toBytes(snapshot), UTF_8);
  }

  @Test
  void jsonHasItWhereSomebodyFeedsIt() {
    assertThat(json(three)).contains("\"repetitions\" : 3");
    assertThat(json(repetitions(0))).contains("\"search\"").doesNotContain("repetitions");
  }

  @Test
  void itAddsUpAndSubtracts() {
    assertThat(json(three.plus(repetitions(4)))).contains("\"repetitions\" : 7");
    assertThat(json(repetitions(4).minus(three))).contains("\"repetitions\" : 1");
    assertThat(three.minus(three).series()).isEmpty();
  }

  @Test
  void mergeAddsItUp() {
    byte[] bytes = SnapshotJson.toBytes(three);
    assertThat(new String(SnapshotMerge.merge(Map.of("a", bytes, "b", bytes)), UTF_8))
        .contains("\"repetitions\" : 6");
  }

  @Test
  void statsdIsToldTheDifference() throws Exception {
    try (UdpReceiver receiver = new UdpReceiver();
        StatsdSink sink =
            new StatsdSink(
                new StatsdSettings("127.0.0.1", receiver.port(), "wink", 1, Dialect.DATADOG))) {
      sink.export(three).toCompletableFuture().get();
      sink.export(repetitions(5)).toCompletableFuture().get();

      assertThat(receiver.lines())
          .contains(
              "wink.tool.repetitions:3|c|#tool:search,worker:w",
              "wink.tool.repetitions:2|c|#tool:search,worker:w");
    }
  }

  @Test
  void prometheusIsToldAll() throws Exception {
    try (PrometheusSink sink =
        PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), () -> three)) {
      URI uri = URI.create("http://127.0.0.1:" + sink.port() + "/metrics");
      try (InputStream in = uri.toURL().openStream()) {
        assertThat(new String(in.readAllBytes(), UTF_8))
            .contains("# HELP wink_tool_repetitions_total Calls that repeat the one before.\n")
            .contains("wink_tool_repetitions_total{tool=\"search\",worker=\"w\"} 3.0\n");
      }
    }
  }

  @Test
  void otlpHasItAsASum() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink =
            OtlpSink.create(
                new OtlpSettings(
                    receiver.httpEndpoint(),
                    OtlpSettings.Protocol.HTTP_PROTOBUF,
                    Map.of(),
                    false,
                    Duration.ofSeconds(10),
                    OtlpSettings.Temporality.CUMULATIVE,
                    OtlpSettings.HistogramAggregation.EXPLICIT,
                    Map.of("service.name", "shop"),
                    null,
                    null,
                    null,
                    OtlpSettings.Names.GEN_AI,
                    false))) {
      sink.export(three).toCompletableFuture().get();

      var metric = receiver.received().get(0).metric("wink.tool.repetitions");
      assertThat(metric.getSum().getDataPoints(0).getAsInt()).isEqualTo(3);
      assertThat(metric.getSum().getIsMonotonic()).isTrue();
      assertThat(metric.getUnit()).isEqualTo("{call}");
    }
  }
}
