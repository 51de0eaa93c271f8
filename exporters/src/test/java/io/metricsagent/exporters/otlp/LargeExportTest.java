package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.OtlpReceiver.Received;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports that are too large for one request. */
class LargeExportTest {
  private static final int TOOLS = 3000;

  private final Registry registry =
      new Registry(
          new RegistrySettings(SampleRegistry.START, "worker-1", "shop", null, 10_000, "1.2.3"),
          Clock.systemUTC(),
          () -> {});
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private OtlpSink sink(Protocol protocol, Temporality temporality) {
    return OtlpSink.create(
        new OtlpSettings(
            protocol == Protocol.GRPC ? receiver.grpcEndpoint() : receiver.httpEndpoint(),
            protocol,
            Map.of(),
            false,
            Duration.ofSeconds(30),
            temporality,
            HistogramAggregation.EXPLICIT,
            Map.of("service.name", "shop"),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false),
        new Timing(System::nanoTime, nanos -> {}, () -> 0.5));
  }

  private void export(OtlpSink sink) {
    sink.export(registry.snapshot()).toCompletableFuture().join();
  }

  private static int points(Received request) {
    return request.metrics().stream()
        .mapToInt(
            metric ->
                metric.getSum().getDataPointsCount() + metric.getHistogram().getDataPointsCount())
        .sum();
  }

  private static List<NumberDataPoint> calls(List<Received> requests) {
    List<NumberDataPoint> calls = new ArrayList<>();
    for (Received request : requests) {
      for (Metric metric : request.metrics()) {
        if (metric.getName().equals("wink.tool.calls")) {
          calls.addAll(metric.getSum().getDataPointsList());
        }
      }
    }
    return calls;
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void manyPointsAreSeveralRequestsThatHoldEachOnce(Protocol protocol) {
    for (int i = 0; i < TOOLS; i++) {
      registry.recordToolCall("tool-" + i, 5, true, null);
    }
    try (OtlpSink sink = sink(protocol, Temporality.CUMULATIVE)) {
      export(sink);
    }
    // A duration, the calls and the failures of each.
    assertThat(receiver.received().stream().map(LargeExportTest::points))
        .containsExactly(2000, 2000, 2000, 2000, 1000);
    Set<String> names =
        calls(receiver.received()).stream()
            .map(point -> point.getAttributes(0).getValue().getStringValue())
            .collect(Collectors.toSet());
    assertThat(names).hasSize(TOOLS);
  }

  @Test
  void largePointsAreFewARequest() {
    String name = "\u20AC".repeat(196);
    for (int i = 0; i < 300; i++) {
      registry.adapter(name, name + i, "chat", name).record(-1, 5, -1, -1, -1, 7, 11, 13, -1, null);
    }
    try (OtlpSink sink = sink(Protocol.GRPC, Temporality.CUMULATIVE)) {
      export(sink);
    }
    assertThat(receiver.received()).hasSizeGreaterThan(1);
    assertThat(receiver.received())
        .allMatch(request -> request.request().getSerializedSize() < 3_500_000);
  }

  @Test
  void differencesThatFailedHalfWayAreSentOnce() {
    for (int i = 0; i < TOOLS; i++) {
      registry.recordToolCall("tool-" + i, 5, true, null);
    }
    try (OtlpSink sink = sink(Protocol.HTTP_PROTOBUF, Temporality.DELTA)) {
      receiver.answerHttp(200, Map.of(), "");
      receiver.answerHttp(400, Map.of(), "no");
      assertThatThrownBy(() -> export(sink)).hasMessageContaining("HTTP 400");
      assertThat(receiver.received()).hasSize(2);
      registry.recordToolCall("tool-0", 5, true, null);
      export(sink);
    }
    List<Received> taken = new ArrayList<>(receiver.received());
    taken.remove(1);
    assertThat(calls(taken).stream().mapToLong(NumberDataPoint::getAsInt).sum())
        .isEqualTo(TOOLS + 1);
  }
}
