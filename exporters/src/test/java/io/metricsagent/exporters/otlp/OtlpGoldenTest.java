package io.metricsagent.exporters.otlp;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Names;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.Golden;
import io.metricsagent.exporters.testing.GoldenSnapshots;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metrics of two exports in protobuf's text form, one line a point. Metrics are sorted by name:
 * their order in a request says nothing.
 */
class OtlpGoldenTest {
  static Stream<Arguments> settings() {
    return Stream.of(Names.values())
        .flatMap(
            names ->
                Stream.of(Temporality.CUMULATIVE, Temporality.DELTA)
                    .flatMap(
                        temporality ->
                            Stream.of(HistogramAggregation.values())
                                .map(form -> Arguments.of(names, temporality, form))));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void twoExports(Names names, Temporality temporality, HistogramAggregation histograms)
      throws Exception {
    GoldenSnapshots snapshots = GoldenSnapshots.make();
    StringBuilder text = new StringBuilder();
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink =
            OtlpSink.create(
                new OtlpSettings(
                    receiver.httpEndpoint(),
                    OtlpSettings.Protocol.HTTP_PROTOBUF,
                    Map.of(),
                    false,
                    Duration.ofSeconds(10),
                    temporality,
                    histograms,
                    Map.of("service.name", "shop"),
                    null,
                    null,
                    null,
                    names,
                    false))) {
      for (MetricsSnapshot snapshot : List.of(snapshots.first(), snapshots.second())) {
        sink.export(snapshot).toCompletableFuture().get();
      }
      for (OtlpReceiver.Received received : receiver.received()) {
        received.metrics().stream()
            .sorted(Comparator.comparing(Metric::getName))
            .forEach(metric -> append(metric, text));
        text.append('\n');
      }
    }
    String name = "otlp-" + names + "-" + temporality + "-" + histograms + ".txt";
    Golden.isOrBecomes(name.toLowerCase(Locale.ROOT), text.toString());
  }

  private static void append(Metric metric, StringBuilder text) {
    Metric.Builder head = metric.toBuilder();
    List<? extends Message> points = List.of();
    switch (metric.getDataCase()) {
      case HISTOGRAM -> {
        points = metric.getHistogram().getDataPointsList();
        head.getHistogramBuilder().clearDataPoints();
      }
      case EXPONENTIAL_HISTOGRAM -> {
        points = metric.getExponentialHistogram().getDataPointsList();
        head.getExponentialHistogramBuilder().clearDataPoints();
      }
      case SUM -> {
        points = metric.getSum().getDataPointsList();
        head.getSumBuilder().clearDataPoints();
      }
      case GAUGE -> {
        points = metric.getGauge().getDataPointsList();
        head.getGaugeBuilder().clearDataPoints();
      }
      default -> throw new AssertionError("unexpected data in " + metric);
    }
    text.append(line(head.build())).append('\n');
    points.forEach(point -> text.append("  ").append(line(point)).append('\n'));
  }

  private static String line(Message message) {
    return TextFormat.printer().emittingSingleLine(true).printToString(message);
  }
}
