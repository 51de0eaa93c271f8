package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ServiceApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps events costs an application nothing while it is off: no class, no thread, no file. */
@ExtendWith(ShowRuns.class)
class EventsOffIT {
  private static final String EVENTS = "io.metricsagent.instrumentations.events.";
  private static final String THREAD = "thread metrics-agent-events";

  /** The packages of what keeps events, and of the library for the user's own patterns. */
  private static final List<String> KEEPERS =
      List.of(
          "io.metricsagent.agent.runs.",
          "io.metricsagent.agent.sessions.",
          "io.metricsagent.agent.rollups.",
          "io.metricsagent.agent.redaction.",
          "io.metricsagent.agent.gauges.");

  /** What woven code, the start and the settings have for runs and events alone. */
  private static final List<String> FOR_EVENTS =
      List.of(
          "io.metricsagent.agent.config.RollupSettings",
          "io.metricsagent.agent.config.RunSettings",
          "io.metricsagent.agent.config.ServeSettings",
          "io.metricsagent.agent.config.SessionSettings",
          "io.metricsagent.agent.start.EventConsumers",
          "io.metricsagent.instrumentations.calls.RequestEvents",
          "io.metricsagent.instrumentations.calls.RunContexts",
          "io.metricsagent.instrumentations.calls.RunFrame",
          "io.metricsagent.instrumentations.libraries.langchain4j.InvocationContextHandler",
          "io.metricsagent.instrumentations.libraries.langchain4j.ServiceRuns",
          "io.metricsagent.instrumentations.libraries.shared.langchain4j.TokenStreams",
          "io.metricsagent.instrumentations.runs.RunDecoder",
          "io.metricsagent.instrumentations.runs.RunHandler",
          "io.metricsagent.instrumentations.tools.ToolEvents");

  private static final String[] RECORDED = {
    "metrics.agent.sessions.enabled", "true", "metrics.agent.sessions.sample.rate", "1"
  };

  @TempDir private static Path classes;
  private static ServiceApp app;

  @BeforeAll
  static void compile() throws IOException {
    app = ServiceApp.in(classes);
  }

  private record Outcome(FinishedRun run, List<String> loaded) {
    static Outcome of(Jdk jdk, String... settings) throws IOException {
      Path log = Files.createTempFile(classes, "loaded", ".log");
      try (StubServer stub = StubServer.start(0)) {
        FinishedRun run =
            app.with(jdk, settings)
                .jvm("-Xlog:class+load:file=" + log + ":none")
                .run("ask", stub.baseUrl(), "Who are you?", "Send it. [use send to=me]");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.dump().tool("send").count("call_count")).isEqualTo(1);
        try (Stream<String> lines = Files.lines(log)) {
          return new Outcome(
              run,
              lines
                  .filter(line -> line.contains(" source:"))
                  .map(line -> line.substring(0, line.indexOf(" source:")))
                  .toList());
        }
      }
    }

    List<String> ofKeepers() {
      return loaded.stream()
          .filter(name -> name.contains("re2j") || KEEPERS.stream().anyMatch(name::startsWith))
          .toList();
    }

    List<String> ofEvents() {
      return loaded.stream().filter(name -> name.startsWith(EVENTS)).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void noClassIsLoadedAndNoThreadIsStartedWhileAllIsOff(Jdk jdk) throws IOException {
    Outcome off = Outcome.of(jdk);

    assertThat(off.ofKeepers()).isEmpty();
    assertThat(off.loaded)
        .contains("io.metricsagent.instrumentations.calls.RequestFrame")
        .doesNotContainAnyElementsOf(FOR_EVENTS);
    assertThat(off.ofEvents()).containsOnly(EVENTS + "EventStream");
    assertThat(off.run.stdout()).contains("thread metrics-agent-flush").doesNotContain(THREAD);
    assertThat(off.run.agentDirectory().resolve("metrics.jsonl")).doesNotExist();
    assertThat(off.run.agentDirectory().resolve("debug/sessions")).doesNotExist();
    assertThat(off.run.agentDirectory().resolve("rollups")).doesNotExist();
  }

  /** Sessions that go to files cost no class of what sends them. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void noClassThatSendsSessionsIsLoadedWhileTheyGoToFiles(Jdk jdk) throws IOException {
    Outcome files = Outcome.of(jdk, RECORDED);

    assertThat(files.loaded)
        .contains("io.metricsagent.agent.sessions.recorder.SessionRecorder")
        .noneMatch(name -> name.contains("SessionLog") || name.contains("shaded.opentelemetry"))
        .noneMatch(name -> name.startsWith("io.metricsagent.exporters.otlp.OtlpLog"));

    String[] sent = Arrays.copyOf(RECORDED, RECORDED.length + 2);
    sent[RECORDED.length] = "metrics.agent.sessions.exporter";
    sent[RECORDED.length + 1] = "otlp";
    assertThat(Outcome.of(jdk, sent).loaded)
        .contains(
            "io.metricsagent.agent.sessions.recorder.SessionLog",
            "io.metricsagent.exporters.otlp.OtlpLogSink");
  }

  /** Shows that the assertions above would find such a class. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theClassesAndTheThreadAreThereOnceAllIsOn(Jdk jdk) throws IOException {
    Outcome on =
        Outcome.of(
            jdk,
            "metrics.agent.runs.enabled",
            "true",
            "metrics.agent.run.gauges",
            "true",
            "metrics.agent.sessions.enabled",
            "true",
            "metrics.agent.sessions.sample.rate",
            "1",
            "metrics.agent.sessions.content",
            "true",
            "metrics.agent.sessions.redact",
            "CUST-\\d+",
            "metrics.agent.rollups.enabled",
            "true");

    for (String keeper : KEEPERS) {
      assertThat(on.ofKeepers()).as(keeper).anyMatch(name -> name.startsWith(keeper));
    }
    assertThat(on.ofKeepers()).anyMatch(name -> name.contains("re2j"));
    assertThat(on.loaded).containsAll(FOR_EVENTS);
    assertThat(on.ofEvents()).hasSizeGreaterThan(5);
    assertThat(on.run.stdout()).contains(THREAD);
  }
}
