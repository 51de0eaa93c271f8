package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.OtlpReceiver.Received;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpSinkTest {
  private final SampleRegistry sample = new SampleRegistry().recordEverything();
  private final AtomicLong now = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();
  private final Timing timing =
      new Timing(
          now::get,
          nanos -> {
            pauses.add(TimeUnit.NANOSECONDS.toMillis(nanos));
            now.addAndGet(nanos);
          },
          () -> 0.5);
  private final List<OtlpSink> sinks = new ArrayList<>();
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    sinks.forEach(OtlpSink::close);
    receiver.close();
  }

  private OtlpSettings settings(Protocol protocol) {
    URI endpoint = protocol == Protocol.GRPC ? receiver.grpcEndpoint() : receiver.httpEndpoint();
    return settings(protocol, endpoint, Temporality.CUMULATIVE, HistogramAggregation.EXPLICIT);
  }

  private static OtlpSettings settings(
      Protocol protocol, URI endpoint, Temporality temporality, HistogramAggregation histograms) {
    return new OtlpSettings(
        endpoint,
        protocol,
        Map.of("api-key", "secret"),
        false,
        Duration.ofSeconds(10),
        temporality,
        histograms,
        Map.of("service.name", "shop"),
        null,
        null,
        null,
        OtlpSettings.Names.GEN_AI,
        false);
  }

  private OtlpSink sink(OtlpSettings settings) {
    OtlpSink sink = OtlpSink.create(settings, timing);
    sinks.add(sink);
    return sink;
  }

  private void export(OtlpSink sink) {
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(a -> map.put(a.getKey(), a.getValue().getStringValue()));
    return map;
  }

  private static NumberDataPoint number(Received received, String metric, String... wanted) {
    Metric found = received.metric(metric);
    List<NumberDataPoint> points =
        found.hasSum() ? found.getSum().getDataPointsList() : found.getGauge().getDataPointsList();
    return points.stream()
        .filter(p -> attributes(p.getAttributesList()).values().containsAll(List.of(wanted)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(found.toString()));
  }

  private static HistogramDataPoint histogram(Received received, String metric, String... wanted) {
    return received.metric(metric).getHistogram().getDataPointsList().stream()
        .filter(p -> attributes(p.getAttributesList()).values().containsAll(List.of(wanted)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(received.metric(metric).toString()));
  }

  private static List<String> names(Received received) {
    return received.metrics().stream().map(Metric::getName).toList();
  }

  /** Micrometer or OpenTelemetry in the application may report the same by the conventions. */
  @Test
  void noNameIsThatOfAConventionWhereTheApplicationHasThoseItself() {
    OtlpSettings plain = settings(Protocol.HTTP_PROTOBUF);
    export(sink(plain));
    List<String> byConvention = names(receiver.last());
    export(
        sink(
            new OtlpSettings(
                plain.endpoint(),
                plain.protocol(),
                plain.headers(),
                plain.gzip(),
                plain.timeout(),
                plain.temporality(),
                plain.histograms(),
                plain.resourceAttributes(),
                null,
                null,
                null,
                OtlpSettings.Names.WINK,
                false)));
    Received own = receiver.last();

    assertThat(names(own))
        .hasSameSizeAs(byConvention)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("wink."));
    assertThat(byConvention).anyMatch(name -> name.startsWith("gen_ai."));
    assertThat(histogram(own, "wink.adapter.duration", "gpt-4o-mini").getCount()).isEqualTo(2);
    assertThat(histogram(own, "wink.adapter.token.usage", "openai", "input").getCount())
        .isPositive();
    assertThat(histogram(own, "wink.adapter.time_to_first_token", "openai").getSum())
        .isEqualTo(0.12);
    assertThat(own.metric("wink.tool.duration").getHistogram().getDataPointsList()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_PROTOBUF,false", "HTTP_PROTOBUF,true", "GRPC,false", "GRPC,true"})
  void everyValueArrivesOverEveryTransport(Protocol protocol, boolean gzip) {
    OtlpSettings plain = settings(protocol);
    export(
        sink(
            new OtlpSettings(
                plain.endpoint(),
                protocol,
                plain.headers(),
                gzip,
                plain.timeout(),
                plain.temporality(),
                plain.histograms(),
                plain.resourceAttributes(),
                null,
                null,
                null,
                OtlpSettings.Names.GEN_AI,
                false)));
    Received received = receiver.last();
    assertThat(received.headers()).containsEntry("api-key", "secret");
    if (gzip) {
      assertThat(received.headers())
          .containsEntry(protocol == Protocol.GRPC ? "grpc-encoding" : "content-encoding", "gzip");
    }
    var resource = received.request().getResourceMetrics(0);
    assertThat(attributes(resource.getResource().getAttributesList()))
        .containsExactly(Map.entry("service.name", "shop"));
    assertThat(resource.getScopeMetrics(0).getScope().getName()).isEqualTo("io.metricsagent");
    assertThat(resource.getScopeMetrics(0).getScope().getVersion()).isEqualTo("1.2.3");

    HistogramDataPoint duration =
        histogram(received, "gen_ai.client.operation.duration", "gpt-4o-mini");
    HistogramSnapshot succeeded = sample.snapshot().adapters().get(1).succeeded();
    assertThat(duration.getCount()).isEqualTo(2);
    assertThat(duration.getSum()).isCloseTo(0.983, within(1e-12));
    assertThat(duration.getMin()).isEqualTo(0.033);
    assertThat(duration.getMax()).isEqualTo(0.95);
    assertThat(duration.getExplicitBoundsList()).hasSize(17).startsWith(0.001).endsWith(65.536);
    assertThat(duration.getBucketCountsList().stream().mapToLong(Long::longValue).toArray())
        .isEqualTo(succeeded.specBucketCounts());
    assertThat(attributes(duration.getAttributesList()))
        .containsExactly(
            Map.entry("experiment", "v2-concise"),
            Map.entry("gen_ai.operation.name", "chat"),
            Map.entry("gen_ai.provider.name", "openai"),
            Map.entry("gen_ai.request.model", "gpt-4o-mini"),
            Map.entry("worker", "worker-1"));
    assertThat(histogram(received, "gen_ai.client.operation.duration", "rate_limit").getCount())
        .isEqualTo(1);
    assertThat(
            histogram(received, "gen_ai.client.operation.time_to_first_chunk", "openai").getSum())
        .isEqualTo(0.12);
    assertThat(
            histogram(received, "gen_ai.client.operation.time_per_output_chunk", "openai").getSum())
        .isEqualTo(0.055);
    for (String phase : List.of("render", "call", "parse", "tool")) {
      assertThat(histogram(received, "wink.adapter.phase.duration", "anthropic", phase).getCount())
          .isEqualTo(1);
    }
    HistogramDataPoint tokens = histogram(received, "gen_ai.client.token.usage", "openai", "input");
    assertThat(tokens.getSum()).isEqualTo(1240);
    assertThat(tokens.getExplicitBoundsList()).hasSize(14).startsWith(1.0).endsWith(67_108_864.0);
    assertThat(tokens.getBucketCounts(3)).as("17 to 64 tokens").isEqualTo(1);
    assertThat(tokens.getBucketCounts(6)).as("1025 to 4096 tokens").isEqualTo(1);
    assertThat(number(received, "wink.adapter.cached_tokens").getAsInt()).isEqualTo(1000);
    assertThat(number(received, "wink.adapter.first_call", "openai").getAsDouble()).isEqualTo(0.95);
    assertThat(number(received, "wink.adapter.requests", "openai").getAsInt()).isEqualTo(3);
    assertThat(number(received, "wink.adapter.errors", "rate_limit").getAsInt()).isEqualTo(1);
    assertThat(number(received, "wink.adapter.throttles", "openai").getAsInt()).isEqualTo(1);
    assertThat(histogram(received, "gen_ai.execute_tool.duration", "ENOENT").getSum())
        .isEqualTo(0.7);
    assertThat(number(received, "wink.tool.calls", "read_file").getAsInt()).isEqualTo(3);
    assertThat(number(received, "wink.tool.failures", "read_file").getAsInt()).isEqualTo(2);
    assertThat(histogram(received, "wink.mailbox.lag", "requests").getSum())
        .isCloseTo(90.25, within(1e-9));
    assertThat(number(received, "wink.mailbox.received", "requests").getAsInt()).isEqualTo(2);
    for (String name : List.of("acked", "nacked", "expired", "dead_lettered")) {
      assertThat(number(received, "wink.mailbox." + name, "requests").getAsInt()).isEqualTo(1);
    }
    assertThat(number(received, "wink.mailbox.retries", "requests").getAsInt()).isEqualTo(2);
    assertThat(number(received, "wink.mailbox.depth", "requests").getAsInt()).isEqualTo(17);
    assertThat(number(received, "wink.mailbox.oldest_age", "kafka", "orders").getAsDouble())
        .isEqualTo(1.5);
    assertThat(received.metric("wink.mailbox.depth").getGauge().getDataPointsCount()).isEqualTo(1);
    assertThat(received.metrics()).allMatch(metric -> !metric.getUnit().isEmpty());
  }

  /** Who asks for points with an {@code error.type} must not find those that had enough. */
  @Test
  void aRequestThatWasGivenUpIsNoError() {
    sample.recordCancelled("late");
    export(sink(settings(Protocol.HTTP_PROTOBUF)));
    Received received = receiver.last();
    assertThat(number(received, "wink.adapter.cancelled", "late").getAsInt()).isEqualTo(1);
    assertThat(number(received, "wink.adapter.requests", "late").getAsInt()).isEqualTo(1);
    HistogramDataPoint duration = histogram(received, "gen_ai.client.operation.duration", "late");
    assertThat(duration.getCount()).isEqualTo(1);
    assertThat(attributes(duration.getAttributesList())).doesNotContainKey("error.type");
    assertThat(received.metrics())
        .filteredOn(metric -> metric.getName().equals("wink.adapter.errors"))
        .flatExtracting(metric -> metric.getSum().getDataPointsList())
        .noneMatch(point -> attributes(point.getAttributesList()).containsValue("late"));
  }

  @Test
  void cumulativePointsCountFromTheStart() {
    export(sink(settings(Protocol.HTTP_PROTOBUF)));
    Metric requests = receiver.last().metric("wink.adapter.requests");
    assertThat(requests.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    assertThat(requests.getSum().getIsMonotonic()).isTrue();
    assertThat(requests.getSum().getDataPoints(0).getStartTimeUnixNano())
        .isEqualTo(SampleRegistry.START.getEpochSecond() * 1_000_000_000L);
    assertThat(requests.getSum().getDataPoints(0).getTimeUnixNano())
        .isEqualTo((SampleRegistry.START.getEpochSecond() + 60) * 1_000_000_000L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Temporality.class,
      names = {"DELTA", "LOWMEMORY"})
  void aDifferenceThatDidNotArriveIsPartOfTheNext(Temporality temporality) {
    OtlpSink sink =
        sink(
            settings(
                Protocol.HTTP_PROTOBUF,
                receiver.httpEndpoint(),
                temporality,
                HistogramAggregation.EXPLICIT));
    export(sink);
    sample.registry().recordToolCall("read_file", 1, true, null);
    sample.pass(Duration.ofMinutes(1));
    receiver.answerHttp(400, Map.of(), "no");
    assertThatThrownBy(() -> export(sink)).hasMessageContaining("HTTP 400: no");
    sample.registry().recordToolCall("read_file", 1, true, null);
    sample.pass(Duration.ofMinutes(1));
    export(sink);
    NumberDataPoint calls = number(receiver.last(), "wink.tool.calls", "read_file");
    assertThat(calls.getAsInt()).isEqualTo(2);
    assertThat(calls.getTimeUnixNano() - calls.getStartTimeUnixNano())
        .isEqualTo(Duration.ofMinutes(2).toNanos());
    assertThat(receiver.last().metric("wink.tool.calls").getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    assertThat(receiver.last().metrics())
        .extracting(Metric::getName)
        .doesNotContain("wink.adapter.requests", "wink.tool.failures");
  }

  @ParameterizedTest
  @EnumSource(Temporality.class)
  void anExemplarIsSentOnceWithThePointThatItIsOf(Temporality temporality) {
    OtlpSink sink =
        sink(
            settings(
                Protocol.HTTP_PROTOBUF,
                receiver.httpEndpoint(),
                temporality,
                HistogramAggregation.EXPLICIT));
    long recordedAt = sample.clock().millis() - 1;
    sample
        .registry()
        .tool("read_file")
        .keepExemplar(
            700_000_000,
            "ENOENT",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "00f067aa0ba902b7",
            recordedAt);
    export(sink);
    HistogramDataPoint point = histogram(receiver.last(), "gen_ai.execute_tool.duration", "ENOENT");
    assertThat(point.getExemplarsCount()).isEqualTo(1);
    assertThat(point.getExemplars(0).getAsDouble()).isEqualTo(0.7);
    assertThat(point.getExemplars(0).getTimeUnixNano())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(recordedAt));
    assertThat(HexFormat.of().formatHex(point.getExemplars(0).getTraceId().toByteArray()))
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(exemplars()).isEqualTo(1);

    sample.pass(Duration.ofSeconds(60));
    sample.registry().recordToolCall("read_file", 700, false, "ENOENT");
    export(sink);
    assertThat(exemplars()).isZero();
  }

  private int exemplars() {
    return receiver.last().metrics().stream()
        .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
        .mapToInt(HistogramDataPoint::getExemplarsCount)
        .sum();
  }

  @Test
  void aClockThatStepsBackMakesNoIntervalBeforeItsStart() {
    sample.pass(Duration.ofHours(-5));
    export(sink(settings(Protocol.HTTP_PROTOBUF)));
    NumberDataPoint point = number(receiver.last(), "wink.tool.calls");
    assertThat(point.getStartTimeUnixNano()).isEqualTo(point.getTimeUnixNano());
  }

  @Test
  void exponentialHistogramsKeepCountAndQuantiles() {
    sample.recordCalls("search", 5000, 1);
    export(
        sink(
            settings(
                Protocol.HTTP_PROTOBUF,
                receiver.httpEndpoint(),
                Temporality.CUMULATIVE,
                HistogramAggregation.BASE2_EXPONENTIAL)));
    ExponentialHistogramDataPoint point =
        receiver
            .last()
            .metric("gen_ai.execute_tool.duration")
            .getExponentialHistogram()
            .getDataPointsList()
            .stream()
            .filter(p -> p.getCount() == 5000)
            .findFirst()
            .orElseThrow();
    HistogramSnapshot latency =
        sample.snapshot().tools().stream()
            .filter(tool -> tool.toolName().equals("search"))
            .findFirst()
            .orElseThrow()
            .latency();
    assertThat(point.getSum()).isCloseTo(latency.sumMillis() / 1000, within(1e-9));
    long below = 0;
    int i = 0;
    while (below + point.getPositive().getBucketCounts(i) < 0.99 * 5000) {
      below += point.getPositive().getBucketCounts(i++);
    }
    double base = Math.pow(2, Math.pow(2, -point.getScale()));
    double upper = Math.pow(base, point.getPositive().getOffset() + i + 1);
    double p99 = latency.percentileMillis(0.99) / 1000;
    assertThat(p99).isBetween(upper / base / 1.125, upper * 1.125);
    assertThat(
            point.getPositive().getBucketCountsList().stream().mapToLong(Long::longValue).sum()
                + point.getZeroCount())
        .isEqualTo(5000);
  }

  @Test
  void whatIsOverloadedIsAskedAgainWithGrowingPauses() {
    for (int status : new int[] {503, 502, 504, 429}) {
      receiver.answerHttp(status, Map.of(), "");
    }
    export(sink(settings(Protocol.HTTP_PROTOBUF)));
    assertThat(receiver.received()).hasSize(5);
    assertThat(pauses).containsExactly(1000L, 1500L, 2250L, 3375L);
  }

  @Test
  void grpcIsAskedAgainToo() {
    receiver.answerGrpc(Status.UNAVAILABLE.withDescription("starting"));
    receiver.answerGrpc(Status.RESOURCE_EXHAUSTED);
    export(sink(settings(Protocol.GRPC)));
    assertThat(receiver.received()).hasSize(3);
    receiver.answerGrpc(Status.PERMISSION_DENIED.withDescription("ask 100% the ädmin"));
    assertThatThrownBy(() -> export(sink(settings(Protocol.GRPC))))
        .hasMessageContaining("gRPC status 7 PERMISSION_DENIED: ask 100% the")
        .hasMessageContaining(receiver.grpcEndpoint().toString());
    assertThat(receiver.received()).hasSize(4);
  }

  @Test
  void retryAfterIsObeyedWithinTheTimeout() {
    receiver.answerHttp(429, Map.of("Retry-After", "7"), "slow down");
    OtlpSink sink = sink(settings(Protocol.HTTP_PROTOBUF));
    export(sink);
    assertThat(pauses).containsExactly(7000L);
    receiver.answerHttp(429, Map.of("Retry-After", "3600"), "slow down");
    assertThatThrownBy(() -> export(sink))
        .hasMessageContaining("HTTP 429: slow down")
        .hasMessageContaining("kept for the next export");
    assertThat(pauses).containsExactly(7000L);
  }

  @Test
  void whatTheReceiverRejectedIsReportedAndNotSentAgain() {
    receiver.respond(
        ExportMetricsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(3)
                    .setErrorMessage("too many series"))
            .build());
    for (Protocol protocol : Protocol.values()) {
      OtlpSettings plain = settings(protocol);
      OtlpSink sink =
          sink(settings(protocol, plain.endpoint(), Temporality.DELTA, plain.histograms()));
      assertThatThrownBy(() -> export(sink))
          .hasMessageContaining("the receiver rejected 3 data points: too many series");
      sample.registry().recordToolCall("late", 1, true, null);
      assertThatThrownBy(() -> export(sink)).hasMessageContaining("rejected");
      assertThat(receiver.last().metric("wink.tool.calls").getSum().getDataPointsCount())
          .isEqualTo(1);
    }
  }

  @Test
  void requestsOfTheModelContextProtocolHaveTheNamesOfTheConventions() {
    sample.recordMcp();
    export(sink(settings(Protocol.HTTP_PROTOBUF)));
    Received received = receiver.last();
    List<HistogramDataPoint> sent =
        received.metric("mcp.client.operation.duration").getHistogram().getDataPointsList();
    Map<String, String> call =
        Map.of(
            "mcp.method.name", "tools/call",
            "gen_ai.tool.name", "price",
            "gen_ai.operation.name", "execute_tool",
            "worker", "worker-1");
    assertThat(sent)
        .extracting(point -> attributes(point.getAttributesList()))
        .containsExactlyInAnyOrder(
            Map.of("mcp.method.name", "initialize", "worker", "worker-1"),
            call,
            with(call, "error.type", "tool_error"),
            with(with(call, "error.type", "-32603"), "rpc.response.status_code", "-32603"));
    assertThat(sent).extracting(HistogramDataPoint::getCount).containsOnly(1L);
    assertThat(histogram(received, "mcp.client.operation.duration", "tool_error").getSum())
        .isEqualTo(0.7);
    assertThat(received.metric("mcp.client.operation.duration").getUnit()).isEqualTo("s");
    assertThat(histogram(received, "mcp.server.operation.duration", "ping").getSum())
        .isEqualTo(0.001);
    assertThat(histogram(received, "mcp.server.session.duration", "worker-1").getSum())
        .isEqualTo(60);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }
}
