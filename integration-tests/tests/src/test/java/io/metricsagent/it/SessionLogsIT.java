package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.FaultyNetwork;
import io.metricsagent.exporters.testing.FaultyNetwork.Mode;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ServiceApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Sessions of a LangChain4j application as log records, decoded with the official messages. */
@ExtendWith(ShowRuns.class)
class SessionLogsIT {
  private static final String REQUEST = "gen_ai.client.inference.operation.details";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path classes;
  private static ServiceApp app;

  private OtlpReceiver receiver;

  @BeforeAll
  static void compile() throws IOException {
    app = ServiceApp.in(classes);
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private FinishedRun ask(AgentRun run, List<String> questions) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      List<String> words = new ArrayList<>(List.of("ask", stub.baseUrl()));
      words.addAll(questions);
      FinishedRun finished = run.run(words.toArray(String[]::new));
      assertThat(finished.exitCode()).as(finished.toString()).isZero();
      return finished;
    }
  }

  private List<LogRecord> records(String name) {
    return receiver.logRecords().stream()
        .filter(record -> record.getEventName().equals(name))
        .toList();
  }

  private static Map<String, AnyValue> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private static String text(LogRecord record, String attribute) {
    return attributes(record).get(attribute).getStringValue();
  }

  private long sum(String attribute) {
    return records(REQUEST).stream()
        .mapToLong(record -> attributes(record).get(attribute).getIntValue())
        .sum();
  }

  private String everything() {
    return receiver.receivedLogs().stream()
        .map(each -> new String(each.request().toByteArray(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  /** Compressed and over HTTP, beside files. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void recordsSayWhatTheFilesSayAndNoContents(Jdk jdk) throws IOException {
    FinishedRun run =
        ask(
            app.recorded(
                jdk,
                "metrics.agent.sessions.exporter",
                "files,otlp",
                "otel.exporter.otlp.logs.endpoint",
                receiver.httpLogsEndpoint().toString(),
                "otel.exporter.otlp.logs.compression",
                "gzip",
                "otel.exporter.otlp.logs.headers",
                "api-key=sesame",
                "otel.service.name",
                "shop",
                "metrics.agent.worker.id",
                "worker-7"),
            List.of("Who are you?", "Send it. [use send to=attic]", "Who else?"));
    List<JsonNode> sessions = Recordings.of(run).sessions();

    assertThat(sessions).hasSize(3);
    assertThat(records("session.end"))
        .extracting(record -> text(record, "session.id"))
        .containsExactlyInAnyOrderElementsOf(
            sessions.stream().map(session -> session.get("session_id").asString()).toList());
    Map<String, Integer> names = new TreeMap<>();
    receiver.logRecords().forEach(each -> names.merge(each.getEventName(), 1, Integer::sum));
    assertThat(names)
        .isEqualTo(
            Map.of(
                "session.start",
                3,
                REQUEST,
                4,
                "wink.tool.call",
                1,
                "wink.run",
                3,
                "session.end",
                3));
    var adapter = run.dump().adapters().get(0);
    assertThat(sum("gen_ai.usage.input_tokens")).isEqualTo(adapter.count("input_tokens"));
    assertThat(sum("gen_ai.usage.output_tokens")).isEqualTo(adapter.count("output_tokens"));
    for (LogRecord record : records(REQUEST)) {
      assertThat(text(record, "gen_ai.operation.name")).isEqualTo("chat");
      assertThat(text(record, "gen_ai.provider.name")).isEqualTo("openai");
      assertThat(text(record, "gen_ai.request.model")).isEqualTo("gpt-4o-mini");
    }
    assertThat(text(records("wink.tool.call").get(0), "gen_ai.tool.name")).isEqualTo("send");
    assertThat(text(records("wink.run").get(0), "wink.run.scenario")).isEqualTo("Desk.answer");
    assertThat(attributes(records("session.end").get(0)).get("wink.session.success").getBoolValue())
        .isTrue();
    assertThat(receiver.receivedLogs())
        .allSatisfy(
            request -> {
              assertThat(request.headers()).containsEntry("api-key", "sesame");
              assertThat(request.headers()).containsEntry("content-encoding", "gzip");
              assertThat(request.request().getResourceLogs(0).getResource().getAttributesList())
                  .extracting(each -> each.getKey() + "=" + each.getValue().getStringValue())
                  .contains("service.name=shop", "service.instance.id=worker-7");
            });
    assertInOrderOfTime();
    assertThat(everything())
        .doesNotContain("Who are you", "Answer to", "attic", "gen_ai.input.messages");
    assertThat(run.agentLog()).noneMatch(line -> line.contains("warn: "));
  }

  /** Each session begins with its first record and ends with its last one. */
  private void assertInOrderOfTime() {
    Map<String, List<LogRecord>> sessions =
        receiver.logRecords().stream()
            .collect(Collectors.groupingBy(record -> text(record, "session.id")));
    assertThat(sessions.values())
        .allSatisfy(
            records -> {
              assertThat(records.get(0).getEventName()).isEqualTo("session.start");
              assertThat(records.get(records.size() - 1).getEventName()).isEqualTo("session.end");
              for (LogRecord record : records.subList(1, records.size() - 1)) {
                // The start of a run is known in milliseconds.
                assertThat(record.getTimeUnixNano())
                    .isBetween(
                        records.get(0).getTimeUnixNano() - 1_000_000,
                        records.get(records.size() - 1).getTimeUnixNano());
              }
            });
  }

  /** Over gRPC, and without files. Each default pattern, also behind escapes of JSON. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void contentsAreSentIfTheUserWantsThemAndHoldNoSecret(Jdk jdk) throws IOException {
    List<String> questions = new ArrayList<>(List.of("Who are you?"));
    for (String secret :
        List.of(
            "ann.lee@example.com",
            "sk-proj-abcdefghijklmnopqrstuvwx",
            "Bearer zyxwvutsrqponmlk",
            "4111 1111 1111 1111",
            "+49 170 1234567",
            "password=hunter22",
            "{\"to\":\"ann.lee\\u0040example.com\"}")) {
      questions.add("Keep " + secret + " for me");
    }
    questions.add("Send it. [use send to=ann.lee\\u0040example.com]");
    questions.add("Send it. [use send to=attic]");
    FinishedRun run =
        ask(
            app.recorded(
                jdk,
                "metrics.agent.sessions.exporter",
                "otlp",
                "metrics.agent.sessions.content",
                "true",
                "otel.exporter.otlp.logs.protocol",
                "grpc",
                "otel.exporter.otlp.logs.endpoint",
                receiver.grpcEndpoint().toString()),
            questions);

    assertThat(Recordings.of(run).sessions()).isEmpty();
    assertThat(records("session.end")).as(run.toString()).hasSize(questions.size());
    assertThat(records(REQUEST))
        .anySatisfy(
            record -> {
              assertThat(said(record, "gen_ai.input.messages")).isEqualTo("user: Who are you?");
              assertThat(said(record, "gen_ai.output.messages"))
                  .isEqualTo("assistant: Answer to: Who are you?");
            });
    assertThat(records("wink.tool.call"))
        .extracting(
            record ->
                attributes(record)
                    .get("gen_ai.tool.call.arguments")
                    .getKvlistValue()
                    .getValues(0)
                    .getValue()
                    .getStringValue())
        .containsExactlyInAnyOrder("[redacted:email]", "attic");
    assertThat(everything().replaceAll("[ -]", ""))
        .contains("[redacted:email]", "[redacted:apikey]", "[redacted:bearertoken]")
        .contains("[redacted:cardnumber]", "[redacted:phonenumber]")
        .doesNotContain("lee@", "u0040", "ann.lee", "abcdefghijkl", "zyxwvu", "41111111")
        .doesNotContain("491701234567", "hunter22");
  }

  /** Returns the role and the text of the one message of an attribute. */
  private static String said(LogRecord record, String attribute) {
    Map<String, AnyValue> message =
        fields(attributes(record).get(attribute).getArrayValue().getValues(0));
    Map<String, AnyValue> part = fields(message.get("parts").getArrayValue().getValues(0));
    assertThat(part.get("type").getStringValue()).isEqualTo("text");
    return message.get("role").getStringValue() + ": " + part.get("content").getStringValue();
  }

  private static Map<String, AnyValue> fields(AnyValue value) {
    return value.getKvlistValue().getValuesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aSessionThatIsOpenAtTheEndIsInterruptedAndSent(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run =
          app.recorded(
                  jdk,
                  "metrics.agent.sessions.exporter",
                  "otlp",
                  "otel.exporter.otlp.logs.endpoint",
                  receiver.httpLogsEndpoint().toString())
              .run("hold", stub.baseUrl());
      assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    assertThat(records("session.end")).hasSize(1);
    LogRecord end = records("session.end").get(0);
    assertThat(text(end, "error.type")).isEqualTo("interrupted");
    assertThat(attributes(end).get("wink.session.success").getBoolValue()).isFalse();
    assertThat(text(records("wink.run").get(0), "error.type")).isEqualTo("interrupted");
  }

  /** One of its spans is not sampled, and what ends on another thread began in a span. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void recordsLeadToTheApplicationsOwnSpans(Jdk jdk) throws IOException {
    AgentRun traced =
        Recordings.on(AgentRun.on(jdk).withAgent("exporters=none"))
            .setting("metrics.agent.sessions.exporter", "otlp")
            .setting("otel.exporter.otlp.logs.endpoint", receiver.httpLogsEndpoint().toString())
            .setting("metrics.agent.adapters.include", "com.example.traced.Llm[complete,later]")
            .setting("metrics.agent.tools.include", "com.example.traced.Lookup[find,fail,quietly]")
            .jar(Artifacts.app("traced"));
    try (RunningApp running = traced.start("own")) {
      running.awaitOutput("ready");
      FinishedRun run = running.finish();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      String span = said(run.stdout(), "trace ") + " " + said(run.stdout(), "span ");

      Map<String, String> spans = new TreeMap<>();
      for (LogRecord record : records(REQUEST)) {
        spans.merge(text(record, "gen_ai.operation.name"), span(record), (a, b) -> a + ", " + b);
      }
      for (LogRecord record : records("wink.tool.call")) {
        spans.merge(text(record, "gen_ai.tool.name"), span(record), (a, b) -> a + ", " + b);
      }
      assertThat(spans)
          .isEqualTo(
              Map.of(
                  "complete",
                  span,
                  "later",
                  span,
                  "Lookup.find",
                  span,
                  "Lookup.fail",
                  span,
                  "Lookup.quietly",
                  "none, none"));
      assertThat(records("session.end")).extracting(SessionLogsIT::span).containsExactly("none");
    }
  }

  /** Returns the trace and the span of a record. */
  private static String span(LogRecord record) {
    HexFormat hex = HexFormat.of();
    assertThat(record.getTraceId().isEmpty()).isEqualTo(record.getSpanId().isEmpty());
    return record.getTraceId().isEmpty()
        ? "none"
        : hex.formatHex(record.getTraceId().toByteArray())
            + " "
            + hex.formatHex(record.getSpanId().toByteArray());
  }

  private static String said(String output, String label) {
    return output
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow();
  }

  /** The queue keeps what the receiver did not take; the application goes on meanwhile. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void anOutageEndsAndTheRecordsArrive(Jdk jdk) throws IOException {
    try (FaultyNetwork network =
            new FaultyNetwork(receiver.httpLogsEndpoint().getPort(), Mode.HANGS_UP);
        RunningApp running =
            app.with(
                    jdk,
                    "metrics.agent.sessions.enabled",
                    "true",
                    "metrics.agent.sessions.exporter",
                    "otlp",
                    "metrics.agent.sessions.sample.rate",
                    "0.001",
                    "otel.exporter.otlp.logs.timeout",
                    "2s",
                    "otel.exporter.otlp.logs.endpoint",
                    "http://127.0.0.1:" + network.port() + "/v1/logs")
                .start("loop")) {
      Await.until(
          () -> running.stderr().contains("cannot export records of sessions"),
          PATIENCE,
          running::stderr);
      assertThat(receiver.logRecords()).isEmpty();
      network.become(Mode.WORKS);
      Await.until(
          () -> running.stderr().contains("records of sessions works now"),
          PATIENCE,
          running::stderr);
      assertThat(records("session.end")).isNotEmpty();
      assertInOrderOfTime(); // and none is torn
    }
  }

  /** The sessions of the others arrive, and the log says which record is missing. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aRecordThatTheReceiverRefusesCostsNoOther(Jdk jdk) throws IOException {
    receiver.refuseLogs(record -> record.getEventName().equals("wink.tool.call"));
    FinishedRun run =
        ask(
            app.recorded(
                jdk,
                "metrics.agent.sessions.exporter",
                "otlp",
                "otel.exporter.otlp.logs.endpoint",
                receiver.httpLogsEndpoint().toString()),
            List.of("Who are you?", "Send it. [use send to=attic]", "Who else?"));

    assertThat(receiver.takenLogs())
        .extracting(LogRecord::getEventName)
        .doesNotContain("wink.tool.call")
        .hasSize(13);
    assertThat(run.agentLog().stream().filter(line -> line.contains("warn")))
        .satisfiesExactly(
            line -> assertThat(line).contains("HTTP 400: invalid", "dropped (wink.tool.call)"),
            line -> assertThat(line).contains("dropped 1 log record of sessions, and"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aMuteReceiverIsToldAndTheJvmEnds(Jdk jdk) throws IOException {
    try (FaultyNetwork network =
        new FaultyNetwork(receiver.httpLogsEndpoint().getPort(), Mode.MUTE)) {
      FinishedRun run =
          ask(
              app.recorded(
                  jdk,
                  "metrics.agent.sessions.exporter",
                  "files,otlp",
                  "otel.exporter.otlp.logs.endpoint",
                  "http://127.0.0.1:" + network.port() + "/v1/logs"),
              List.of("Who are you?"));

      assertThat(Recordings.of(run).sessions()).hasSize(1);
      assertThat(run.dump().adapters()).hasSize(1);
      assertThat(run.agentLog())
          .anyMatch(line -> line.contains("could not send 4 before the JVM ended"));
    }
  }
}
