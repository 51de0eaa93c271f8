package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that records figures of its own, through the interface for applications. */
@ExtendWith(ShowRuns.class)
class OwnFiguresIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> SECTIONS = List.of("adapters", "tools", "mailboxes");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void nothingHappensWithoutTheAgent(Jdk jdk) throws IOException {
    try (RunningApp app = AgentRun.on(jdk).jar(Artifacts.app("own-figures")).start()) {
      does(app, "record");
      does(app, "bad");
      does(app, "plugin");
      does(app, "reset");
      assertThat(written(app, "snapshot")).isEqualTo("{}");
      assertThat(written(app, "take")).isEqualTo("{}");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      assertThat(run.agentDirectory()).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theSameFiguresAreOnDiskInJmxInPrometheusAndInTheSnapshot(Jdk jdk) throws Exception {
    int port = Ports.free();
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent("exporters=archive,prometheus,interval=100ms,prometheus.port=" + port)
            .jar(Artifacts.app("own-figures"))
            .start()) {
      does(app, "record");
      app.awaitDumps(2); // the agent enters JMX at its first flush
      JsonNode snapshot = MAPPER.readTree(written(app, "snapshot"));
      JsonNode jmx = MAPPER.readTree(written(app, "jmx"));
      String scraped = scrape(port);
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.agentLog()).noneMatch(line -> line.contains("warning"));
      assertRecordedOnce(run.dump(), 1);
      assertThat(run.dump().instrumentation("api")).isEqualTo(new Dump.Instrumentation(1, 0, 0));
      for (String section : SECTIONS) {
        assertThat(snapshot.path(section)).isEqualTo(run.dump().root().path(section));
        assertThat(jmx.path(section)).isEqualTo(run.dump().root().path(section));
      }
      assertThat(scraped)
          .containsPattern("wink_adapter_requests_total\\{[^}]*model=\"acme-large\"[^}]*} 2.0\n")
          .containsPattern("wink_adapter_throttles_total\\{[^}]*adapter=\"acme\"[^}]*} 1.0\n")
          .containsPattern("wink_tool_failures_total\\{[^}]*tool=\"search\"[^}]*} 1.0\n")
          .containsPattern("wink_mailbox_depth\\{[^}]*queue=\"requests\"[^}]*} 17.0\n");
    }
  }

  /** Class loaders ask their parents first, or do not see the application's copy at all. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void eachCopyOfTheInterfaceRecordsIntoTheSameSeries(Jdk jdk) throws IOException {
    try (RunningApp app = AgentRun.on(jdk).withAgent().jar(Artifacts.app("own-figures")).start()) {
      does(app, "record");
      does(app, "plugin");
      app.awaitOutput("another copy: true");
      does(app, "child");
      app.awaitOutput("another copy: false");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertRecordedOnce(run.dump(), 3);
      assertThat(run.dump().instrumentation("api")).isEqualTo(new Dump.Instrumentation(2, 0, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void whatAResetTookIsInNoLaterSnapshot(Jdk jdk) throws IOException {
    try (RunningApp app = AgentRun.on(jdk).withAgent().jar(Artifacts.app("own-figures")).start()) {
      does(app, "record");
      JsonNode taken = MAPPER.readTree(written(app, "take"));
      does(app, "record");
      does(app, "reset");
      does(app, "record");
      FinishedRun run = app.finish();

      assertThat(taken.path("tools").size()).isEqualTo(2);
      assertRecordedOnce(run.dump(), 1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void badValuesAreSaidOnceAndHarmNothing(Jdk jdk) throws IOException {
    try (RunningApp app = AgentRun.on(jdk).withAgent().jar(Artifacts.app("own-figures")).start()) {
      does(app, "bad");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      assertThat(run.agentLog())
          .filteredOn(line -> line.contains("MetricsCollector."))
          .hasSize(3)
          .allMatch(line -> line.contains("at com.example.own.Recorder.runBadly(Recorder.java:"));
      assertThat(run.dump().adapters()).isEmpty();
      assertThat(run.dump().mailbox("requests").count("messages_received")).isEqualTo(3);
      assertThat(run.dump().mailbox("requests").lag().max()).isZero();
      assertThat(run.dump().agentErrors()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void isSwitchedOffByItsName(Jdk jdk) throws IOException {
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.instrumentation.api.enabled", "false")
            .jar(Artifacts.app("own-figures"))
            .start()) {
      does(app, "record");
      assertThat(written(app, "snapshot")).isEqualTo("{}");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.dumps()).allMatch(dump -> dump.tools().isEmpty());
    }
  }

  /** {@code DocumentedExamplesTest} runs the same example without the agent. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theExampleOfTheReadmeIsMeasured(Jdk jdk) throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    String example = readme.substring(begin, readme.indexOf("```", begin));
    String api = Artifacts.app("own-figures").resolveSibling("lib/api-0.1.0.jar").toString();
    SourceFiles.compile(
        folder,
        api,
        "Example",
        "import io.metricsagent.api.*;\npublic class Example {\n"
            + "public static void main(String[] args) {\n"
            + example
            + "}\n}\n");
    FinishedRun run =
        AgentRun.on(jdk).withAgent().mainClass(folder + File.pathSeparator + api, "Example").run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.dump().adapters())
        .singleElement()
        .satisfies(
            adapter -> {
              assertThat(adapter.name()).isEqualTo("acme");
              assertThat(adapter.json().path("model").asString()).isEqualTo("acme-large");
              assertThat(adapter.count("input_tokens")).isEqualTo(812);
              assertThat(adapter.latency("total_latency").sum()).isEqualTo(340);
            });
    assertThat(run.dump().tool("search").errorCodes()).containsOnly(entry("not_found", 1L));
  }

  /** What {@code Recorder} recorded, so many times. */
  private static void assertRecordedOnce(Dump dump, int times) {
    Dump.Adapter adapter = dump.adapter("acme-large", "chat");
    assertThat(adapter.name()).isEqualTo("acme");
    assertThat(adapter.json().path("experiment").asString()).isEqualTo("v2");
    assertThat(adapter.count("request_count")).isEqualTo(2 * times);
    assertThat(adapter.count("error_count")).isEqualTo(times);
    assertThat(adapter.errorTypes()).containsOnly(entry("rate_limit", (long) times));
    assertThat(adapter.count("throttle_count")).isEqualTo(times);
    assertThat(adapter.count("input_tokens")).isEqualTo(812 * times);
    assertThat(adapter.count("output_tokens")).isEqualTo(64 * times);
    assertThat(adapter.count("cached_tokens")).isEqualTo(512 * times);
    assertLatency(adapter.latency("render_latency"), times, 3, 3, 3);
    assertLatency(adapter.latency("call_latency"), 2 * times, 200, 60, 340);
    assertLatency(adapter.latency("parse_latency"), times, 2, 2, 2);
    assertLatency(adapter.latency("tool_latency"), times, 55, 55, 55);
    assertLatency(adapter.latency("total_latency"), 2 * times, 230, 60, 400);

    assertThat(dump.tools()).extracting(Dump.Tool::name).containsExactly("search", "search");
    Dump.Tool tool = dump.tools().get(0);
    assertThat(tool.count("call_count")).isEqualTo(2 * times);
    assertThat(tool.count("success_count")).isEqualTo(times);
    assertThat(tool.count("failure_count")).isEqualTo(times);
    assertThat(tool.errorCodes()).containsOnly(entry("not_found", (long) times));
    assertLatency(tool.latency(), 2 * times, 356, 12, 700);
    Dump.Tool inExperiment = dump.tools().get(1);
    assertThat(inExperiment.json().path("experiment").asString()).isEqualTo("v2");
    assertThat(inExperiment.count("success_count")).isEqualTo(times);
    assertLatency(inExperiment.latency(), times, 30, 30, 30);

    Dump.Mailbox mailbox = dump.mailbox("requests");
    assertThat(mailbox.count("messages_received")).isEqualTo(2 * times);
    assertThat(mailbox.count("messages_acked")).isEqualTo(times);
    assertThat(mailbox.count("messages_nacked")).isEqualTo(times);
    assertThat(mailbox.count("messages_expired")).isEqualTo(times);
    assertThat(mailbox.count("messages_dead_lettered")).isEqualTo(times);
    assertThat(mailbox.count("total_retries")).isEqualTo(2 * times);
    assertThat(mailbox.count("queue_depth")).isEqualTo(17);
    assertThat(mailbox.deliveries()).startsWith((long) times, 0L, (long) times);
    assertLatency(mailbox.lag(), 2 * times, 500, 250, 750);
    assertThat(dump.agentErrors()).isZero();
  }

  private static void assertLatency(
      Dump.Latency latency, long count, double mean, double min, double max) {
    assertThat(latency).isEqualTo(new Dump.Latency(count, count * mean, min, max));
  }

  private static void does(RunningApp app, String line) throws IOException {
    app.type(line);
    app.awaitOutput(line + "\n");
  }

  /** Returns what a command wrote to its file. */
  private String written(RunningApp app, String command) throws IOException {
    Path file = folder.resolve(command);
    does(app, command + " " + file);
    return Files.readString(file);
  }

  /** The endpoint is open before the first flush. */
  private static String scrape(int port) throws IOException, InterruptedException {
    URI endpoint = URI.create("http://localhost:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
