package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.OtlpReceiver.Received;
import io.metricsagent.exporters.testing.OtlpReceiver.ReceivedLogs;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.UdpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No prompt, answer, tool argument or tool result leaves the application: neither in files, nor
 * over the network, nor in the log at its finest level. Runs, all sessions, session metrics and
 * gauges of runs are on, and contents are off.
 */
@ExtendWith(ShowRuns.class)
class ContentsIT {
  /** Words of prompts, of answers, of arguments and results of tools, and of their exceptions. */
  private static final List<String> SAID =
      List.of(
          "who are you",
          "when do you",
          "history of",
          "how much",
          "answer to:",
          "the tools say:",
          "bolts",
          "unobtainium",
          "0.12 eur",
          "appetite",
          "no price",
          "no shelf",
          "no such shelf",
          "out of order",
          "at last");

  /** Names code of one of the applications, to which prompts and answers are arguments. */
  private static final String INCLUDED = "com.example.openai.Chats";

  /** What left an application by each of the ways. */
  private record Outcome(
      FinishedRun run,
      List<Received> otlp,
      List<ReceivedLogs> logs,
      List<String> statsd,
      List<String> scrapes) {}

  private static final PlannedRuns<Outcome> RUNS = new PlannedRuns<>(ContentsIT::execute);

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    for (String app :
        List.of(
            "openai-java/newest",
            "anthropic-java/newest",
            "google-genai/newest",
            "bedrock/newest",
            "spring-ai/newest",
            "spring-ai/1.1",
            "spring-ai-anthropic/newest",
            "spring-ai-anthropic/1.1",
            "langchain4j-providers/newest",
            "google-adk/newest",
            "langgraph4j/newest",
            "quarkus-langchain4j/newest",
            "mcp/newest",
            "langchain4j-mcp/newest",
            "langchain4j-0",
            "langchain4j-async",
            "mcp-modern")) {
      setups.add(Setup.of(app).get(0));
    }
    setups.add(Setup.of("google-adk/newest").get(0).with("agents"));
    return RUNS.plan(setups);
  }

  private static Outcome execute(Setup setup) throws IOException {
    try (StubServer stub = StubServer.start(0);
        OtlpReceiver otlp = new OtlpReceiver();
        UdpReceiver statsd = new UdpReceiver()) {
      List<String> arguments = new ArrayList<>();
      if (setup.app().equals("mcp-modern")) {
        arguments.add(stub.mcpUrl());
      } else if (setup.app().contains("mcp")) {
        String server = Artifacts.app("mcp/newest").toString();
        arguments.addAll(List.of(setup.jdk().command("java"), "-jar", server, "serve"));
      } else {
        arguments.add(stub.baseUrl());
      }
      arguments.addAll(setup.options());
      int port = Ports.free();
      List<String> scrapes = new ArrayList<>();
      AgentRun run =
          Recordings.on(setup.run().withAgent())
              .setting("metrics.agent.log.level", "debug")
              .setting("metrics.agent.run.gauges", "true")
              .setting("metrics.agent.exporters", "archive,otlp,statsd,prometheus")
              .setting("metrics.agent.prometheus.port", String.valueOf(port))
              .setting("metrics.agent.adapters.include", INCLUDED + "[params]")
              .setting("metrics.agent.tools.include", INCLUDED + "[text]")
              .setting("metrics.agent.mailboxes.include", INCLUDED + "[text=receive]")
              .setting("metrics.agent.sessions.exporter", "files,otlp")
              .setting(
                  "otel.exporter.otlp.endpoint",
                  otlp.httpEndpoint().toString().replace("/v1/metrics", ""))
              .setting("metrics.agent.statsd.host", "127.0.0.1")
              .setting("metrics.agent.statsd.port", String.valueOf(statsd.port()));
      try (RunningApp app = run.start(arguments.toArray(String[]::new))) {
        Await.until(
            () -> scraped(app, port, scrapes), Duration.ofMinutes(5), () -> setup + " to end");
        return new Outcome(
            app.finish(), otlp.received(), otlp.receivedLogs(), statsd.datagrams(), scrapes);
      }
    }
  }

  /** Scrapes once, and keeps the last scrape; returns whether the application has ended. */
  private static boolean scraped(RunningApp app, int port, List<String> scrapes) {
    try (InputStream in =
        URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
      String scrape = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!scrape.isBlank()) {
        scrapes.clear();
        scrapes.add(scrape);
      }
    } catch (IOException e) {
      return !ProcessHandle.of(app.pid()).map(ProcessHandle::isAlive).orElse(false);
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("setups")
  void stayInTheApplication(Setup setup) throws Throwable {
    Outcome outcome = RUNS.of(setup);
    FinishedRun run = outcome.run;

    assertThat(run.exitCode()).as(run.toString()).isZero();
    Dump dump = run.dump();
    assertThat(dump.adapters().size() + dump.tools().size()).isPositive();
    assertThat(outcome.otlp).isNotEmpty();
    assertThat(outcome.logs).isNotEmpty();
    assertThat(outcome.statsd).isNotEmpty();
    assertThat(outcome.scrapes).singleElement().asString().contains("wink_");
    Recordings kept = Recordings.of(run);
    assertThat(kept.runs().lines()).isNotEmpty();
    assertThat(kept.sessions()).isNotEmpty();
    assertThat(kept.rollups().isEmpty()).isEqualTo(dump.adapters().isEmpty());
    if (setup.app().equals("openai-java/newest")) {
      assertThat(dump.adapters()).extracting(Dump.Adapter::name).contains("Chats");
      assertThat(dump.tool("Chats.text").count("call_count")).isPositive();
      assertThat(dump.mailbox("Chats").count("messages_received")).isPositive();
    }
    outcome.otlp.forEach(r -> assertSilent("OTLP", text(r.request().toByteArray())));
    outcome.logs.forEach(r -> assertSilent("OTLP logs", text(r.request().toByteArray())));
    outcome.statsd.forEach(datagram -> assertSilent("StatsD", datagram));
    outcome.scrapes.forEach(scrape -> assertSilent("Prometheus", scrape));
    run.agentLog().forEach(line -> assertSilent("the log", line));
    run.stderr().forEach(line -> assertSilent("a stack trace in the log", line));
    for (Path file : files(run.agentDirectory())) {
      assertSilent(file.toString(), text(Files.readAllBytes(file)));
    }
  }

  private static void assertSilent(String where, String output) {
    String lowerCase = output.toLowerCase(Locale.ROOT);
    assertThat(SAID.stream().filter(lowerCase::contains)).as("said by %s", where).isEmpty();
  }

  /** Returns bytes as text: strings appear unchanged between other bytes. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
