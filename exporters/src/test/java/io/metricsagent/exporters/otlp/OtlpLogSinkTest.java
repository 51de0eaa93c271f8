package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.testing.FaultyNetwork;
import io.metricsagent.exporters.testing.FaultyNetwork.Mode;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.Printed;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log records of events, as a receiver decodes them with the official messages. */
class OtlpLogSinkTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing(name -> Integer.parseInt(name.substring(name.indexOf('.') + 1)));
  private static final long FAR_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong passedNanos = new AtomicLong();
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private URI endpoint(Protocol protocol) {
    return protocol == Protocol.GRPC ? receiver.grpcEndpoint() : receiver.httpLogsEndpoint();
  }

  private static OtlpSettings settings(URI endpoint, Protocol protocol, boolean gzip) {
    return new OtlpSettings(
        endpoint,
        protocol,
        Map.of("api-key", "open sesame"),
        gzip,
        Duration.ofSeconds(10),
        OtlpSettings.Temporality.CUMULATIVE,
        OtlpSettings.HistogramAggregation.EXPLICIT,
        Map.of("service.name", "shop", ProcessResource.PID, "42"),
        null,
        null,
        null,
        OtlpSettings.Names.GEN_AI,
        false);
  }

  /** Makes a sink that pauses for no time between its attempts. */
  private OtlpLogSink sink(URI endpoint, Protocol protocol) {
    return new OtlpLogSink(
        settings(endpoint, protocol, false),
        "1.2.3",
        new Timing(() -> System.nanoTime() + passedNanos.get(), nanos -> {}, () -> 0.5));
  }

  private static LogEvent event(String name) {
    return new LogEvent(name, 1_700_000_000_000_000_123L, false, null, null, Map.of(), null);
  }

  private static void flush(OtlpLogSink sink) {
    sink.flush().toCompletableFuture().join();
  }

  private List<String> names() {
    return receiver.logRecords().stream().map(LogRecord::getEventName).toList();
  }

  private static Map<String, AnyValue> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aRecordHasEachFieldOfItsEvent(Protocol protocol) {
    OtlpLogSink sink = sink(endpoint(protocol), protocol);
    sink.add(
        new LogEvent(
            "gen_ai.client.inference.operation.details",
            1_700_000_000_000_000_123L,
            true,
            TRACE,
            SPAN,
            Map.of(
                "text",
                "ü",
                "number",
                7L,
                "share",
                0.5,
                "flag",
                true,
                "messages",
                List.of(Map.of("role", "user", "parts", List.of(1L, 2.5, false)))),
            Map.of("amount", 12L)));
    flush(sink);

    ResourceLogs logs = receiver.receivedLogs().get(0).request().getResourceLogs(0);
    assertThat(logs.getResource().getAttributesList())
        .contains(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue("shop"))
                .build(),
            KeyValue.newBuilder()
                .setKey(ProcessResource.PID)
                .setValue(AnyValue.newBuilder().setIntValue(42))
                .build());
    assertThat(logs.getScopeLogs(0).getScope().getName()).isEqualTo("io.metricsagent");
    assertThat(logs.getScopeLogs(0).getScope().getVersion()).isEqualTo("1.2.3");
    LogRecord record = logs.getScopeLogs(0).getLogRecords(0);
    assertThat(record.getEventName()).isEqualTo("gen_ai.client.inference.operation.details");
    assertThat(record.getTimeUnixNano()).isEqualTo(1_700_000_000_000_000_123L);
    assertThat(record.getObservedTimeUnixNano()).isGreaterThan(record.getTimeUnixNano());
    assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
    assertThat(record.getTraceId()).isEqualTo(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)));
    assertThat(record.getSpanId()).isEqualTo(ByteString.copyFrom(HexFormat.of().parseHex(SPAN)));
    Map<String, AnyValue> attributes = attributes(record);
    assertThat(attributes.get("text").getStringValue()).isEqualTo("ü");
    assertThat(attributes.get("number").getIntValue()).isEqualTo(7);
    assertThat(attributes.get("share").getDoubleValue()).isEqualTo(0.5);
    assertThat(attributes.get("flag").getBoolValue()).isTrue();
    assertThat(
            attributes
                .get("messages")
                .getArrayValue()
                .getValues(0)
                .getKvlistValue()
                .getValuesList()
                .stream()
                .map(KeyValue::getKey))
        .containsExactlyInAnyOrder("role", "parts");
    assertThat(record.getBody().getKvlistValue().getValues(0).getValue().getIntValue())
        .isEqualTo(12);
    assertThat(receiver.receivedLogs().get(0).headers()).containsEntry("api-key", "open sesame");
  }

  @Test
  void aRecordWithoutSpanAndBodyHasNeither() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    sink.add(event("session.start"));
    flush(sink);

    LogRecord record = receiver.logRecords().get(0);
    assertThat(record.getTraceId()).isEqualTo(ByteString.EMPTY);
    assertThat(record.hasBody()).isFalse();
    assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestIsCompressedIfTheSettingSaysSo(boolean gzip) {
    OtlpLogSink sink =
        OtlpLogSink.create(
            settings(receiver.httpLogsEndpoint(), Protocol.HTTP_PROTOBUF, gzip), "1");
    sink.add(event("a".repeat(10_000)));
    flush(sink);

    assertThat(receiver.receivedLogs().get(0).wireBytes() < 1000).isEqualTo(gzip);
    assertThat(names()).containsExactly("a".repeat(10_000));
  }

  @Test
  void recordsAreSentInBatchesAndInOrder() {
    OtlpLogSink sink = sink(endpoint(Protocol.GRPC), Protocol.GRPC);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2 * OtlpLogSink.MAX_BATCH + 1; i++) {
      expected.add("event." + i);
      sink.add(event("event." + i));
    }
    flush(sink);

    assertThat(receiver.receivedLogs()).hasSize(3);
    assertThat(names()).isEqualTo(expected);
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void aBatchOfLargeRecordsStaysBelowTheLimitOfReceivers() {
    OtlpLogSink sink = sink(endpoint(Protocol.GRPC), Protocol.GRPC);
    for (int i = 0; i < 9; i++) {
      sink.add(event("€".repeat(100_000)));
    }
    flush(sink);

    assertThat(receiver.logRecords()).hasSize(9);
    assertThat(receiver.receivedLogs())
        .allSatisfy(
            request ->
                assertThat(request.wireBytes()).isLessThanOrEqualTo(OtlpLogSink.MAX_BATCH_BYTES));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anOutageLosesNothingThatHasRoom(Protocol protocol) throws Exception {
    for (Mode fault : List.of(Mode.HANGS_UP, Mode.GARBAGE, Mode.OVERLOADED)) {
      receiver.forget();
      try (FaultyNetwork network = new FaultyNetwork(endpoint(protocol).getPort(), fault)) {
        URI endpoint =
            URI.create(
                "http://127.0.0.1:"
                    + network.port()
                    + (protocol == Protocol.GRPC ? "" : "/v1/logs"));
        OtlpLogSink sink = sink(endpoint, protocol);
        for (int i = 0; i < 20; i++) {
          sink.add(event("event." + i));
          passedNanos.addAndGet(ReceiverHealth.PAUSE_NANOS);
          flush(sink);
        }
        assertThat(sink.waiting()).as("%s", fault).isEqualTo(20);

        network.become(Mode.WORKS);
        passedNanos.addAndGet(ReceiverHealth.MAX_PAUSE_NANOS);
        flush(sink);
        assertThat(names()).hasSize(20).startsWith("event.0").endsWith("event.19");
        assertThat(sink.waiting()).isZero();
        assertThat(sink.dropped()).isZero();
      }
    }
  }

  /** The sink is asked to send once a second, and a whole batch each time is a burden. */
  @Test
  void aReceiverThatAsksForTimeGetsIt() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    receiver.answerHttp(503, Map.of("Retry-After", "60"), "busy");
    sink.add(event("session.end"));
    flush(sink);
    passedNanos.set(TimeUnit.SECONDS.toNanos(30));
    flush(sink);
    assertThat(receiver.receivedLogs()).hasSize(1);

    passedNanos.set(TimeUnit.SECONDS.toNanos(61));
    flush(sink);
    assertThat(receiver.receivedLogs()).hasSize(2);
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void theEndDoesNotWaitForAReceiverThatAsksForTime() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    receiver.answerHttp(503, Map.of("Retry-After", "60"), "busy");
    sink.add(event("session.end"));
    flush(sink);
    sink.closing();
    sink.await(System.nanoTime() + FAR_NANOS);

    assertThat(receiver.receivedLogs()).hasSize(2);
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void whatIsRefusedForGoodIsDroppedAndCountedAndTheNextBatchGoesOut() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    receiver.answerHttp(400, Map.of(), "what is this");
    sink.add(event("bad"));
    flush(sink);
    sink.add(event("good"));
    flush(sink);

    assertThat(names()).containsExactly("bad", "good");
    assertThat(sink.dropped()).isOne();
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void whatGrpcRefusesForGoodIsDroppedToo() {
    OtlpLogSink sink = sink(endpoint(Protocol.GRPC), Protocol.GRPC);
    receiver.answerGrpc(Status.INVALID_ARGUMENT);
    receiver.answerGrpc(Status.UNAVAILABLE);
    sink.add(event("bad"));
    flush(sink);
    assertThat(sink.dropped()).isOne();

    sink.add(event("good"));
    flush(sink);
    assertThat(sink.dropped()).isOne();
    assertThat(names()).containsExactly("bad", "good", "good");
  }

  private static void addAll(OtlpLogSink sink, int number, Predicate<Integer> bad) {
    for (int i = 0; i < number; i++) {
      sink.add(event((bad.test(i) ? "bad." : "event.") + i));
    }
  }

  private static boolean isBad(LogRecord record) {
    return record.getEventName().startsWith("bad");
  }

  private List<String> taken() {
    return receiver.takenLogs().stream().map(LogRecord::getEventName).toList();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aRecordThatIsRefusedCostsNoOther(Protocol protocol) {
    receiver.refuseLogs(OtlpLogSinkTest::isBad);
    OtlpLogSink sink = sink(endpoint(protocol), protocol);
    addAll(sink, OtlpLogSink.MAX_BATCH, i -> i == 317);
    List<String> printed = Printed.by(() -> flush(sink));

    assertThat(taken()).hasSize(OtlpLogSink.MAX_BATCH - 1).doesNotContain("bad.317");
    assertThat(taken())
        .as("in order")
        .startsWith("event.0")
        .endsWith("event.511")
        .isSortedAccordingTo(BY_NUMBER);
    assertThat(sink.dropped()).isOne();
    assertThat(sink.waiting()).isZero();
    assertThat(receiver.receivedLogs()).hasSize(19);
    assertThat(printed)
        .singleElement()
        .asString()
        .startsWith("[metrics-agent] warn: cannot export records of sessions to http://127.0.0.1:")
        .contains("invalid")
        .endsWith("; 1 of 512 log records is dropped (bad.317), the others are sent");
  }

  @Test
  void severalRecordsThatAreRefusedCostNoOtherAndAreToldOnce() {
    receiver.refuseLogs(OtlpLogSinkTest::isBad);
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    List<String> printed =
        Printed.by(
            () -> {
              for (int batch = 0; batch < 3; batch++) {
                addAll(sink, OtlpLogSink.MAX_BATCH, i -> i % 100 == 0);
                flush(sink);
              }
            });

    assertThat(taken())
        .hasSize(3 * (OtlpLogSink.MAX_BATCH - 6))
        .noneMatch(n -> n.startsWith("bad"));
    assertThat(sink.dropped()).isEqualTo(18);
    assertThat(printed)
        .singleElement()
        .asString()
        .endsWith(
            "6 of 512 log records are dropped (bad.0, bad.100, bad.200, ...), the others are sent");
  }

  /** Halving helps nobody if the receiver takes no record at all. */
  @Test
  void aReceiverThatRefusesEverythingIsAskedForHalvesOnlyAtFirst() {
    receiver.refuseLogs(record -> true);
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    List<String> printed =
        Printed.by(
            () -> {
              addAll(sink, OtlpLogSink.MAX_BATCH, i -> false);
              flush(sink);
              assertThat(receiver.receivedLogs()).hasSize(1 + 2 * Halving.MAX_SPLITS);
              receiver.forget();
              addAll(sink, 2 * OtlpLogSink.MAX_BATCH, i -> false);
              flush(sink);
            });

    assertThat(receiver.receivedLogs()).hasSize(2);
    assertThat(sink.dropped()).isEqualTo(3 * OtlpLogSink.MAX_BATCH);
    assertThat(printed)
        .singleElement()
        .asString()
        .contains("512 of 512 log records are dropped (event.0, event.1, event.2, ...)")
        .endsWith("check otel.exporter.otlp.endpoint and otel.exporter.otlp.protocol");

    receiver.refuseLogs(OtlpLogSinkTest::isBad);
    receiver.forget();
    sink.add(event("event.0"));
    flush(sink);
    addAll(sink, 8, i -> i == 3);
    flush(sink);
    assertThat(taken()).hasSize(8);
  }

  /** Nothing that a request holds makes its sender a known one. */
  @Test
  void aReceiverThatDoesNotKnowTheSenderIsNotAskedForHalves() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    receiver.answerHttp(401, Map.of(), "who are you");
    addAll(sink, 4, i -> false);
    List<String> printed = Printed.by(() -> flush(sink));

    assertThat(receiver.receivedLogs()).hasSize(1);
    assertThat(sink.dropped()).isEqualTo(4);
    assertThat(printed)
        .singleElement()
        .asString()
        .endsWith("the records of this request are dropped; check otel.exporter.otlp.headers");
  }

  @Test
  void anOutageBetweenTwoHalvesLosesAndRepeatsNothing() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    addAll(sink, 4, i -> false);
    receiver.answerHttp(400, Map.of(), "");
    receiver.answerHttp(200, Map.of(), "");
    receiver.answerHttp(503, Map.of("Retry-After", "60"), "busy");
    flush(sink);
    assertThat(names())
        .containsExactly(
            "event.0", "event.1", "event.2", "event.3", "event.0", "event.1", "event.2", "event.3");
    assertThat(sink.waiting()).isEqualTo(2);

    receiver.forget();
    passedNanos.addAndGet(ReceiverHealth.MAX_PAUSE_NANOS);
    flush(sink);
    assertThat(names()).containsExactly("event.2", "event.3");
    assertThat(sink.dropped()).isZero();
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void aReceiverThatAsksForTimeGetsItAlsoAfterItHasRefusedARecord() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    addAll(sink, 2, i -> i == 0);
    receiver.answerHttp(400, Map.of(), "");
    receiver.answerHttp(400, Map.of(), "");
    receiver.answerHttp(503, Map.of("Retry-After", "60"), "busy");
    List<String> printed = Printed.by(() -> flush(sink));
    passedNanos.set(TimeUnit.SECONDS.toNanos(30));
    flush(sink);
    assertThat(names()).containsExactly("bad.0", "event.1", "bad.0", "event.1");
    assertThat(printed.get(1))
        .endsWith("; 1 of 2 log records is dropped (bad.0), the others are sent");

    passedNanos.set(TimeUnit.SECONDS.toNanos(61));
    flush(sink);
    assertThat(names()).hasSize(5).endsWith("event.1");
    assertThat(sink.dropped()).isOne();
    assertThat(sink.waiting()).isZero();
  }

  @Test
  void rejectedRecordsAreCounted() {
    receiver.respond(
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(2)
                    .setErrorMessage("too old"))
            .build());
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    for (int i = 0; i < 3; i++) {
      sink.add(event("event"));
    }
    flush(sink);

    assertThat(sink.dropped()).isEqualTo(2);
    assertThat(sink.waiting()).isZero();
    assertThat(receiver.receivedLogs()).hasSize(1);
  }

  @Test
  void whatHasNoRoomIsDroppedAndCounted() {
    OtlpLogSink sink =
        sink(URI.create("http://127.0.0.1:" + Ports.free() + "/v1/logs"), Protocol.HTTP_PROTOBUF);
    for (int i = 0; i < OtlpLogSink.MAX_WAITING + 7; i++) {
      sink.add(event("event"));
    }
    assertThat(sink.waiting()).isEqualTo(OtlpLogSink.MAX_WAITING);
    assertThat(sink.dropped()).isEqualTo(7);
  }

  @Test
  void theLimitOfBytesHoldsForFewLargeRecords() {
    OtlpLogSink sink =
        sink(URI.create("http://127.0.0.1:" + Ports.free() + "/v1/logs"), Protocol.HTTP_PROTOBUF);
    for (int i = 0; i < 20; i++) {
      sink.add(event("a".repeat(1 << 20)));
    }
    assertThat(sink.waiting()).isEqualTo(15);
    assertThat(sink.dropped()).isEqualTo(5);
  }

  @Test
  void theEndTellsHowManyRecordsWereLost() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    receiver.answerHttp(401, Map.of(), "");
    sink.add(event("refused"));
    flush(sink);
    receiver.answerHttp(503, Map.of(), "");
    sink.add(event("kept"));
    List<String> printed =
        Printed.by(
            () -> {
              sink.closing();
              sink.await(System.nanoTime() + FAR_NANOS);
            });

    assertThat(printed)
        .last()
        .isEqualTo(
            "[metrics-agent] warn: the agent dropped 1 log record of sessions, and could not send"
                + " 1 before the JVM ended");
  }

  @Test
  void theEndSendsWhatWaits() {
    OtlpLogSink sink = sink(endpoint(Protocol.HTTP_PROTOBUF), Protocol.HTTP_PROTOBUF);
    sink.add(event("session.end"));
    sink.closing();
    sink.await(System.nanoTime() + FAR_NANOS);

    assertThat(names()).containsExactly("session.end");
  }

  @Test
  void theEndSendsWhatCameWhileARequestWasUnderWay() throws Exception {
    try (FaultyNetwork network =
        new FaultyNetwork(receiver.httpLogsEndpoint().getPort(), Mode.MUTE)) {
      OtlpLogSink sink =
          sink(
              URI.create("http://127.0.0.1:" + network.port() + "/v1/logs"),
              Protocol.HTTP_PROTOBUF);
      sink.add(event("first"));
      sink.flush();
      sink.add(event("second"));
      sink.closing();
      network.become(Mode.WORKS); // the request under way fails, and there is one more
      sink.await(System.nanoTime() + FAR_NANOS);

      assertThat(names()).containsExactly("first", "second");
    }
  }

  @Test
  void aMuteReceiverDoesNotHoldUpTheEnd() throws Exception {
    try (FaultyNetwork network =
        new FaultyNetwork(receiver.httpLogsEndpoint().getPort(), Mode.MUTE)) {
      OtlpLogSink sink =
          sink(
              URI.create("http://127.0.0.1:" + network.port() + "/v1/logs"),
              Protocol.HTTP_PROTOBUF);
      sink.add(event("session.end"));
      sink.closing();
      sink.await(System.nanoTime()); // the deadline is now; without it, the wait takes 10 seconds

      assertThat(sink.waiting()).isOne();
    }
  }
}
