package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.exporters.otlp.OtlpLogSink;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.events.RunSampling;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions as log records, as a receiver decodes them. */
class SessionLogTest {
  private static final String REQUEST = "gen_ai.client.inference.operation.details";
  private static final long MILLIS = 1_000_000;

  private OtlpReceiver receiver;
  private SessionRecorder recorder;
  private EventStream stream;
  private final AtomicInteger sinks = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private void record(boolean content) {
    record(
        content,
        () -> {
          sinks.incrementAndGet();
          return OtlpLogSink.create(settings(), "1.0");
        });
  }

  private void record(boolean content, Supplier<OtlpLogSink> sink) {
    SessionSettings settings =
        new SessionSettings(
            true,
            List.of("otlp"),
            1,
            content,
            null,
            Duration.ofMinutes(10),
            new File("unused"),
            3,
            Duration.ofDays(7));
    EndedSessions noDisk =
        new EndedSessions(
            settings,
            "w",
            (time, file) -> {
              throw new AssertionError("no file is wanted");
            });
    recorder = new SessionRecorder(settings, noDisk, sink);
    stream =
        EventStream.byHand(
            List.of(recorder),
            new EventSettings(null, new RunSampling(1), content, System.currentTimeMillis()));
  }

  private OtlpSettings settings() {
    return new OtlpSettings(
        receiver.httpLogsEndpoint(),
        OtlpSettings.Protocol.HTTP_PROTOBUF,
        Map.of(),
        false,
        Duration.ofSeconds(10),
        OtlpSettings.Temporality.CUMULATIVE,
        OtlpSettings.HistogramAggregation.EXPLICIT,
        Map.of(),
        null,
        null,
        null,
        OtlpSettings.Names.GEN_AI,
        false);
  }

  private Run run(String conversation) {
    Run run = stream.newRun("Assistant.chat", conversation);
    stream.began(run);
    return run;
  }

  private void end(Run run, String errorType) {
    stream.ended(run, run.startNanos() + 500 * MILLIS, errorType, null, null);
  }

  private interface Filler {
    void fill(CallEvent event);
  }

  private void publish(EventKind kind, Run run, long operation, Filler filler) {
    CallEvent event = stream.event(kind, run, operation, run.startNanos() + 150 * MILLIS);
    filler.fill(event);
    stream.publish(event);
  }

  private void request(Run run, Object prompt, Object answer, String error) {
    long number = stream.nextOperation();
    publish(EventKind.REQUEST_BEGAN, run, number, e -> e.asks("openai", null, "chat").with(prompt));
    publish(
        EventKind.REQUEST_ENDED,
        run,
        number,
        e ->
            e.asks("openai", "gpt-4o-mini", "chat")
                .took(50 * MILLIS)
                .counted(812, 64, 512)
                .within("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331")
                .ended(error, error == null ? null : new IllegalStateException("of ann@x.org"))
                .with(answer));
  }

  private void tool(Run run, Object arguments, String error) {
    long number = stream.nextOperation();
    publish(EventKind.TOOL_BEGAN, run, number, e -> e.ofTool("price").with(arguments));
    publish(
        EventKind.TOOL_ENDED,
        run,
        number,
        e -> e.ofTool("price").took(20 * MILLIS).ended(error, null));
  }

  /** Sends what there is; the session of the process ends, too, if something happened in it. */
  private List<LogRecord> sent() {
    stream.close();
    stream.await(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    return receiver.logRecords();
  }

  private static List<String> names(List<LogRecord> records) {
    return records.stream().map(LogRecord::getEventName).toList();
  }

  private static LogRecord only(List<LogRecord> records, String name) {
    List<LogRecord> found =
        records.stream().filter(each -> each.getEventName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private static Map<String, String> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(SessionLogTest::text)
              .toList()
              .toString();
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(each -> each.getKey() + "=" + text(each.getValue()))
              .sorted()
              .toList()
              .toString();
      default -> "";
    };
  }

  @Test
  void aRunIsASessionWithOneRecordForEachCall() {
    record(false);
    Run run = run(null);
    request(run, "prompt", "answer", null);
    tool(run, "{}", null);
    tool(run, "{}", "Timeout");
    end(run, null);

    List<LogRecord> records = sent();
    assertThat(names(records))
        .containsExactly(
            "session.start",
            REQUEST,
            "wink.tool.call",
            "wink.tool.call",
            "wink.run",
            "session.end");
    assertThat(records)
        .allMatch(record -> attributes(record).get("session.id").equals(run.id()))
        .noneMatch(record -> attributes(record).containsKey("gen_ai.conversation.id"));
    assertThat(attributes(records.get(0)))
        .containsEntry("wink.session.skill", "Assistant.chat")
        .hasSize(2);
    assertThat(attributes(records.get(1)))
        .isEqualTo(
            Map.of(
                "session.id", run.id(),
                "gen_ai.operation.name", "chat",
                "gen_ai.provider.name", "openai",
                "gen_ai.request.model", "gpt-4o-mini",
                "gen_ai.usage.input_tokens", "812",
                "gen_ai.usage.output_tokens", "64",
                "gen_ai.usage.cache_read.input_tokens", "512",
                "wink.request.duration", "0.05"));
    assertThat(HexFormat.of().formatHex(records.get(1).getTraceId().toByteArray()))
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(HexFormat.of().formatHex(records.get(1).getSpanId().toByteArray()))
        .isEqualTo("b7ad6b7169203331");
    assertThat(attributes(records.get(2)))
        .isEqualTo(
            Map.of(
                "session.id", run.id(),
                "gen_ai.operation.name", "execute_tool",
                "gen_ai.tool.name", "price",
                "wink.tool.duration", "0.02"));
    assertThat(attributes(records.get(3))).containsEntry("error.type", "Timeout");
    assertThat(records.get(3).getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
    assertThat(attributes(records.get(4)))
        .containsEntry("wink.run.scenario", "Assistant.chat")
        .containsEntry("wink.run.duration", "0.5")
        .doesNotContainKey("error.type");
    assertThat(attributes(records.get(5)))
        .containsEntry("wink.session.success", "true")
        .containsEntry("wink.session.skill", "Assistant.chat")
        .containsEntry("wink.session.runs", "1")
        .containsKey("wink.session.duration")
        .hasSize(5);
  }

  @Test
  void aFailedRequestIsAnExceptionToo() {
    record(false);
    Run run = run(null);
    request(run, "prompt", null, "RateLimit");
    end(run, "RateLimit");

    List<LogRecord> records = sent();
    assertThat(attributes(only(records, REQUEST))).containsEntry("error.type", "RateLimit");
    LogRecord exception = only(records, "gen_ai.client.operation.exception");
    assertThat(attributes(exception))
        .isEqualTo(
            Map.of("session.id", run.id(), "exception.type", "java.lang.IllegalStateException"));
    assertThat(exception.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
    assertThat(attributes(only(records, "session.end")))
        .containsEntry("error.type", "RateLimit")
        .containsEntry("wink.session.success", "false");
  }

  @Test
  void contentsAreCleanAndInTheStructureOfTheConventions() {
    record(true);
    Run run = run(null);
    request(run, "mail ann@example.com", "done", null);
    request(run, "again", null, "RateLimit");
    tool(run, "{\"to\": \"ann@example.com\", \"n\": [1, null, 2.5, true]}", null);
    stream.recorded(run, "basket.changed", Map.of("items", 2, "mail", "ann@example.com"));
    end(run, null);

    List<LogRecord> records = sent();
    assertThat(attributes(records.get(1)))
        .containsEntry(
            "gen_ai.input.messages",
            "[[parts=[[content=mail [redacted:email], type=text]], role=user]]")
        .containsEntry(
            "gen_ai.output.messages", "[[parts=[[content=done, type=text]], role=assistant]]");
    assertThat(attributes(only(records, "gen_ai.client.operation.exception")))
        .containsEntry("exception.message", "of [redacted:email]");
    assertThat(attributes(only(records, "wink.tool.call")))
        .containsEntry("gen_ai.tool.call.arguments", "[n=[1, , 2.5, true], to=[redacted:email]]");
    assertThat(text(only(records, "basket.changed").getBody()))
        .isEqualTo("[items=2, mail=[redacted:email]]");
    assertThat(attributes(only(records, "session.end")))
        .containsEntry(
            "gen_ai.input.messages",
            "[[parts=[[content=mail [redacted:email], type=text]], role=user]]")
        .containsKey("gen_ai.output.messages");
  }

  @Test
  void noContentLeavesTheMachineUnlessThatIsSwitchedOn() {
    record(false);
    Run run = run(null);
    request(run, "sesame", "sesame", "sesame.Error");
    tool(run, "{\"sesame\": 1}", null);
    stream.recorded(run, "basket.changed", Map.of("sesame", "sesame"));
    end(run, null);

    List<LogRecord> records = sent();
    assertThat(names(records)).contains("basket.changed");
    assertThat(records.toString().replace("sesame.Error", "")).doesNotContain("sesame", "ann@");
  }

  @Test
  void aConversationIsOneSessionAndItsRecordsAreNotHeldUntilItsEnd() {
    record(false);
    Run run = run("c-1");
    request(run, null, null, null);
    end(run, null);
    stream.deliver();
    recorder.tick(System.currentTimeMillis());
    request(run("c-1"), null, null, null);
    stream.deliver();
    recorder.tick(System.currentTimeMillis());

    List<LogRecord> records = sent();
    assertThat(names(records))
        .containsExactly("session.start", REQUEST, "wink.run", REQUEST, "wink.run", "session.end");
    assertThat(records)
        .allSatisfy(
            record ->
                assertThat(attributes(record))
                    .containsEntry("session.id", "c-1")
                    .containsEntry("gen_ai.conversation.id", "c-1"));
    assertThat(attributes(records.get(5)))
        .containsEntry("wink.session.runs", "2")
        .containsEntry("error.type", "interrupted");
  }

  @Test
  void aConversationThatIsToldLateNamesAllRecords() {
    record(false);
    Run run = run(null);
    request(run, null, null, null);
    stream.deliver();
    recorder.tick(System.currentTimeMillis());
    run.isPartOf("late");
    end(run, null);

    assertThat(sent())
        .hasSize(4)
        .allMatch(record -> attributes(record).get("session.id").equals("late"));
  }

  @Test
  void aConversationNamedByAnAddressIsNotSentByThatName() {
    record(false);
    end(run("bob@example.com"), null);

    List<LogRecord> records = sent();
    assertThat(attributes(records.get(0)).get("gen_ai.conversation.id"))
        .matches("session-[0-9a-f]{16}");
    assertThat(records.toString()).doesNotContain("bob@");
  }

  @Test
  void recordsOfTheProcessAreSentAtEachTick() {
    record(false);
    request(stream.process(), null, null, null);
    stream.deliver();
    recorder.tick(System.currentTimeMillis());
    for (int i = 0; i < SessionLog.MAX_HELD; i++) {
      tool(stream.process(), null, null);
    }
    stream.deliver();
    recorder.tick(System.currentTimeMillis());

    assertThat(attributes(only(sent(), "session.end")))
        .as("the limit of held records is not one of the session")
        .doesNotContainKey("wink.session.dropped_records");
  }

  @Test
  void recordsBeyondTheLimitAreCountedAndTheEndIsSent() {
    record(false);
    Run run = run(null);
    for (int i = 0; i < SessionLog.MAX_HELD + 10; i++) {
      tool(run, null, null);
    }
    end(run, null);

    List<LogRecord> records = sent();
    assertThat(records).hasSize(SessionLog.MAX_HELD + 1);
    assertThat(attributes(only(records, "session.end")))
        .containsEntry("wink.session.dropped_records", "12");
  }

  @Test
  void contentsOfOpenRunsHaveALimitTogether() {
    record(true);
    for (int i = 0; i < 5; i++) {
      Run run = run(null);
      for (int j = 0; j < 500; j++) {
        request(run, "x".repeat(8000), null, null);
      }
      stream.deliver();
    }

    List<LogRecord> records = sent();
    long bytes = records.stream().mapToLong(LogRecord::getSerializedSize).sum();
    assertThat(bytes).isLessThan(SessionLogs.MAX_HELD_BYTES);
    assertThat(names(records).stream().filter("session.end"::equals)).hasSize(5);
  }

  @Test
  void aSinkThatCannotBeMadeSwitchesSendingOffOnce() {
    record(
        false,
        () -> {
          sinks.incrementAndGet();
          throw new IllegalArgumentException("no such file");
        });
    end(run(null), null);
    end(run(null), null);

    assertThat(sent()).isEmpty();
    assertThat(sinks).hasValue(1);
  }

  @Test
  void noSinkIsMadeBeforeThereIsSomethingToSend() {
    record(false);
    run(null);
    stream.deliver();
    recorder.tick(System.currentTimeMillis());
    assertThat(sinks).hasValue(0);
  }
}
