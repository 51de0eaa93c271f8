package io.metricsagent.exporters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.RunMeasures;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
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
import io.metricsagent.exporters.testing.SampleRegistry;
import io.metricsagent.exporters.testing.UdpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Raw values of gauges, as each receiver gets them. */
class GaugePointsTest {
  private static final Instant ENDED = SampleRegistry.START.plusSeconds(30);

  private static final GaugeMeasure FOREIGN =
      GaugeMeasure.foreign("acme.run.sps", "1/s", "Steps in each second.", "run_id");

  private final SampleRegistry sample = new SampleRegistry();
  private final List<GaugePoint> points = new ArrayList<>();

  GaugePointsTest() {
    sample.registry().points(() -> points);
    points.add(sps("r1", 0.75));
  }

  private static GaugePoint sps(String id, double value) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RunMeasures.RUN_ID, id);
    tags.put(RunMeasures.RUN_TYPE, "train");
    tags.put(RunMeasures.STATE, "finished");
    return new GaugePoint(RunMeasures.SPS, tags, value, ENDED);
  }

  private static GaugePoint foreign(double value) {
    return new GaugePoint(FOREIGN, Map.of("run_id", "w1"), value, ENDED);
  }

  private void export(MetricsSink sink) throws Exception {
    sink.export(sample.snapshot()).toCompletableFuture().get();
  }

  private static StatsdSink statsd(UdpReceiver receiver, Dialect dialect) {
    return new StatsdSink(new StatsdSettings("127.0.0.1", receiver.port(), "wink", 1, dialect));
  }

  private static List<String> lines(UdpReceiver receiver) {
    return receiver.lines().stream().filter(line -> !line.startsWith("metrics.agent.")).toList();
  }

  @Test
  void statsdGetsEachPointOnce() throws Exception {
    try (UdpReceiver receiver = new UdpReceiver();
        StatsdSink sink = statsd(receiver, Dialect.DATADOG)) {
      points.add(foreign(12));
      export(sink);
      assertThat(lines(receiver))
          .containsExactly(
              "wink.run.sps:0.75|g|#run_id:r1,run_type:train,state:finished,worker:worker-1",
              "acme.run.sps:12|g|#run_id:w1");

      points.add(sps("r2", 1e-7));
      export(sink);
      assertThat(lines(receiver))
          .containsExactly(
              "wink.run.sps:0.0000001|g|#run_id:r2,run_type:train,state:finished,worker:worker-1");

      sample.registry().reset();
      export(sink);
      assertThat(lines(receiver)).isEmpty();
    }
  }

  @Test
  void statsdSubtractsNothingFromAGauge() throws Exception {
    try (UdpReceiver receiver = new UdpReceiver();
        StatsdSink sink = statsd(receiver, Dialect.ETSY)) {
      points.clear();
      points.add(foreign(-1));
      points.add(foreign(0));
      export(sink);
      assertThat(lines(receiver)).containsExactly("acme.run.sps.run_id.w1:0|g");
    }
  }

  private static String scrape(PrometheusSink sink, String accept) throws Exception {
    URLConnection connection =
        URI.create("http://127.0.0.1:" + sink.port() + "/metrics").toURL().openConnection();
    connection.setRequestProperty("Accept", accept);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aScrapeShowsPointsAsLongAsTheyAreInTheSnapshot() throws Exception {
    try (PrometheusSink sink =
        PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), sample::snapshot)) {
      String line =
          "wink_run_sps{run_id=\"r1\",run_type=\"train\",state=\"finished\",worker=\"worker-1\"}"
              + " 0.75\n";
      points.add(foreign(12));
      points.add(sps("r2", 2));
      for (int i = 0; i < 2; i++) {
        assertThat(scrape(sink, "text/plain"))
            .contains(
                "# HELP wink_run_sps Calls of models in each second of a run.\n"
                    + "# TYPE wink_run_sps gauge\n"
                    + line
                    + "wink_run_sps{run_id=\"r2\"")
            .contains("# TYPE acme_run_sps gauge\nacme_run_sps{run_id=\"w1\"} 12.0\n");
      }
      assertThat(scrape(sink, "application/openmetrics-text")).contains(line).endsWith("# EOF\n");

      points.clear();
      assertThat(scrape(sink, "text/plain")).doesNotContain("wink_run_sps");
    }
  }

  private static OtlpSink otlp(OtlpReceiver receiver, OtlpSettings.Temporality temporality) {
    return OtlpSink.create(
        new OtlpSettings(
            receiver.httpEndpoint(),
            OtlpSettings.Protocol.HTTP_PROTOBUF,
            Map.of(),
            false,
            Duration.ofSeconds(10),
            temporality,
            OtlpSettings.HistogramAggregation.EXPLICIT,
            Map.of("service.name", "shop"),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false));
  }

  private static Map<String, String> attributes(NumberDataPoint point) {
    Map<String, String> map = new TreeMap<>();
    for (KeyValue one : point.getAttributesList()) {
      map.put(one.getKey(), one.getValue().getStringValue());
    }
    return map;
  }

  @ParameterizedTest
  @EnumSource(
      value = OtlpSettings.Temporality.class,
      names = {"CUMULATIVE", "DELTA"})
  void otlpGetsEachPointOnceWithItsTime(OtlpSettings.Temporality temporality) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink = otlp(receiver, temporality)) {
      points.add(foreign(12));
      export(sink);
      OtlpReceiver.Received first = receiver.received().get(0);
      Metric metric = first.metric("wink.run.sps");
      assertThat(metric.getUnit()).isEqualTo("1/s");
      assertThat(metric.getGauge().getDataPointsList()).hasSize(1);
      NumberDataPoint point = metric.getGauge().getDataPoints(0);
      assertThat(point.getAsDouble()).isEqualTo(0.75);
      assertThat(point.getTimeUnixNano())
          .isEqualTo(TimeUnit.SECONDS.toNanos(ENDED.getEpochSecond()));
      assertThat(attributes(point))
          .containsExactly(
              Map.entry("run_id", "r1"),
              Map.entry("run_type", "train"),
              Map.entry("state", "finished"),
              Map.entry("worker", "worker-1"));
      assertThat(attributes(first.metric("acme.run.sps").getGauge().getDataPoints(0)))
          .containsExactly(Map.entry("run_id", "w1"));

      points.add(sps("r2", 3));
      sample.registry().reset();
      export(sink);
      List<NumberDataPoint> second =
          receiver.received().get(1).metric("wink.run.sps").getGauge().getDataPointsList();
      assertThat(second).hasSize(1);
      assertThat(attributes(second.get(0))).containsEntry("run_id", "r2");
    }
  }

  @Test
  void whatOtlpDidNotTakeIsSentAgain() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink = otlp(receiver, OtlpSettings.Temporality.CUMULATIVE)) {
      receiver.answerHttp(400, Map.of(), "");
      assertThat(sink.export(sample.snapshot()).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(20));
      export(sink);
      assertThat(receiver.received().get(1).metric("wink.run.sps").getGauge().getDataPointsList())
          .hasSize(1);
    }
  }

  @Test
  void theArchiveHasPointsAndOmitsTheArrayIfThereAreNone(@TempDir Path folder) throws Exception {
    try (ArchiveSink sink =
        new ArchiveSink(new ArchiveSettings(folder.toFile(), 10, Duration.ofDays(7)))) {
      export(sink);
    }
    JsonNode json;
    try (Stream<Path> files = Files.list(folder.resolve("debug/metrics"))) {
      Path file = files.filter(one -> one.toString().endsWith(".json")).findFirst().orElseThrow();
      json = new JsonMapper().readTree(Files.readAllBytes(file));
    }
    assertThat(json.get("points").toString())
        .isEqualTo(
            "[{\"name\":\"run.sps\",\"tags\":{\"run_id\":\"r1\",\"run_type\":\"train\","
                + "\"state\":\"finished\"},\"value\":0.75,\"at\":\"2024-01-15T10:29:30Z\"}]");

    points.clear();
    assertThat(new String(SnapshotJson.toBytes(sample.snapshot()), UTF_8))
        .doesNotContain("\"points\"");
  }

  @Test
  void mergeKeepsTheRawValues() {
    byte[] one = SnapshotJson.toBytes(sample.snapshot());
    points.set(0, sps("r2", 4));
    byte[] other = SnapshotJson.toBytes(sample.snapshot());
    points.clear();
    byte[] none = SnapshotJson.toBytes(sample.snapshot());
    JsonNode sum =
        new JsonMapper()
            .readTree(SnapshotMerge.merge(new TreeMap<>(Map.of("a", none, "b", one, "c", other))));
    assertThat(sum.get("points").size()).isEqualTo(2);
    assertThat(sum.get("points").get(1).get("value").asDouble()).isEqualTo(4);
  }

  @Test
  void aSumHasEachPointOnceAndADifferenceWhatIsNew() {
    MetricsSnapshot first = sample.snapshot();
    points.add(sps("r2", 4));
    MetricsSnapshot second = sample.snapshot();
    assertThat(first.plus(second).points()).isEqualTo(points);
    assertThat(second.minus(first).points()).containsExactly(points.get(1));
  }

  @Test
  void aPointWithAnotherValueIsAnotherFigureAndOneWithAnotherTimeIsNot() {
    MetricsSnapshot first = sample.snapshot();
    GaugePoint point = points.get(0);
    points.set(
        0, new GaugePoint(point.measure(), point.tags(), point.value(), ENDED.plusSeconds(60)));
    assertThat(sample.snapshot().hasSameFigures(first)).isTrue();
    points.set(0, sps("r1", 0.76));
    assertThat(sample.snapshot().hasSameFigures(first)).isFalse();
    points.clear();
    assertThat(sample.snapshot().hasSameFigures(first)).isFalse();
  }
}
