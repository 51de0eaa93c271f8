package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private Path calls(String text) throws IOException {
    return Files.writeString(folder.resolve("calls.jsonl"), text);
  }

  private MetricsSnapshot play(String text) throws IOException {
    assertThat(shell.run("replay", calls(text).toString())).as(shell.err()).isZero();
    return shell.exported.get(0);
  }

  @Test
  void playsAnAdapterCall() throws Exception {
    MetricsSnapshot snapshot =
        play(
            """
            {"op":"adapter","adapter":"openai","model":"gpt","operation":"chat","render_ms":1.5,\
            "call_ms":800.25,"parse_ms":0,"tool_ms":10,"usage":{"input_tokens":100,\
            "output_tokens":20,"cached_tokens":5},"error":null,"throttled":false,"experiment":"b"}
            """);

    AdapterSnapshot series = snapshot.adapters().get(0);
    assertThat(series.adapter()).isEqualTo("openai");
    assertThat(series.model()).isEqualTo("gpt");
    assertThat(series.operation()).isEqualTo("chat");
    assertThat(series.experiment()).isEqualTo("b");
    assertThat(series.renderLatency().sumNanos()).isEqualTo(1_500_000);
    assertThat(series.callLatency().sumNanos()).isEqualTo(800_250_000);
    assertThat(series.parseLatency().count()).isEqualTo(1);
    assertThat(series.totalLatency().sumNanos()).isEqualTo(811_750_000);
    assertThat(series.inputTokenCount()).isEqualTo(100);
    assertThat(series.outputTokenCount()).isEqualTo(20);
    assertThat(series.cachedTokens()).isEqualTo(5);
    assertThat(series.requestCount()).isEqualTo(1);
    assertThat(series.errorCount()).isZero();
    assertThat(series.throttleCount()).isZero();
    assertThat(shell.out())
        .isEqualToIgnoringNewLines("played 1 call: 1 adapter; exported to archive");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void theCallsAreNotReplacedByTheSnapshot() throws Exception {
    String text = "{\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}\n";
    String calls = calls(text).toString();

    assertThat(shell.run("replay", calls, "--snapshot", calls)).isEqualTo(2);
    assertThat(shell.err()).contains(calls + ": the command reads this file, which would be lost");
    assertThat(Path.of(calls)).hasContent(text);
    assertThat(shell.exported).isEmpty();
  }

  @Test
  void whatIsNotKnownStaysAbsent() throws Exception {
    MetricsSnapshot snapshot =
        play(
            """
            {"op":"adapter","adapter":"openai","call_ms":8,"usage":null}
            {"op":"adapter","adapter":"openai","call_ms":8,"usage":{"input_tokens":null}}
            """);

    AdapterSnapshot series = snapshot.adapters().get(0);
    assertThat(series.requestCount()).isEqualTo(2);
    assertThat(series.renderLatency().isEmpty()).isTrue();
    assertThat(series.inputTokens().isEmpty()).isTrue();
    assertThat(series.outputTokens().isEmpty()).isTrue();
    assertThat(series.experiment()).isNull();
  }

  @Test
  void errorsAndThrottlesAreIndependent() throws Exception {
    MetricsSnapshot snapshot =
        play(
            """
            {"op":"adapter","adapter":"a","call_ms":1,"error":"timeout","throttled":true}
            {"op":"adapter","adapter":"a","call_ms":1,"error":429}
            {"op":"adapter","adapter":"a","call_ms":1,"error":""}
            {"op":"adapter","adapter":"a","call_ms":1,"throttled":true}
            """);

    AdapterSnapshot series = snapshot.adapters().get(0);
    assertThat(series.requestCount()).isEqualTo(4);
    assertThat(series.throttleCount()).isEqualTo(2);
    assertThat(series.errorTypes())
        .isEqualTo(Map.of("timeout", 1L, "429", 1L, ToolSnapshot.NO_CODE, 1L));
  }

  @Test
  void theConfiguredExperimentIsTheDefault() throws Exception {
    shell.properties.setProperty("metrics.agent.experiment", "a");

    MetricsSnapshot snapshot =
        play(
            """
            {"op":"adapter","adapter":"x","call_ms":1}
            {"op":"adapter","adapter":"x","call_ms":1,"experiment":"b"}
            {"op":"tool","tool":"t","latency_ms":1,"success":true}
            {"op":"tool","tool":"t","latency_ms":1,"success":true,"experiment":"a"}
            {"op":"tool","tool":"t","latency_ms":1,"success":true,"experiment":"b"}
            """);

    assertThat(snapshot.adapters())
        .extracting(AdapterSnapshot::experiment)
        .containsExactly("a", "b");
    assertThat(snapshot.tools()).extracting(ToolSnapshot::experiment).containsExactly("a", "b");
    assertThat(snapshot.tools()).extracting(ToolSnapshot::callCount).containsExactly(2L, 1L);
  }

  @Test
  void playsToolCalls() throws Exception {
    MetricsSnapshot snapshot =
        play(
            """
            {"op":"tool","tool":"search","latency_ms":0.25,"success":true,"error_code":"ignored"}
            {"op":"tool","tool":"search","latency_ms":3,"success":false,"error_code":"timeout"}
            {"op":"tool","tool":"search","latency_ms":3,"success":false,"error_code":null}
            """);

    ToolSnapshot series = snapshot.tools().get(0);
    assertThat(series.callCount()).isEqualTo(3);
    assertThat(series.failureCount()).isEqualTo(2);
    assertThat(series.errorCodes()).isEqualTo(Map.of("timeout", 1L));
    assertThat(series.latency().sumNanos()).isEqualTo(6_250_000);
  }

  @Test
  void playsMailboxes() throws Exception {
    MetricsSnapshot snapshot =
        play(
            """
            {"op":"received","queue":"jobs","delivery_count":1,"age_ms":250.5}
            {"op":"received","queue":"jobs","delivery_count":3}
            {"op":"received","queue":"jobs"}
            {"op":"ack","queue":"jobs"}
            {"op":"nack","queue":"jobs"}
            {"op":"expired","queue":"jobs"}
            {"op":"dead_letter","queue":"jobs"}
            {"op":"depth","queue":"jobs","depth":7}
            {"op":"ack","queue":"jobs","system":"kafka"}
            """);

    MailboxSnapshot series = snapshot.mailboxes().get(0);
    assertThat(series.received()).isEqualTo(3);
    assertThat(series.queueLag().sumNanos()).isEqualTo(250_500_000);
    assertThat(series.queueLag().count()).isEqualTo(1);
    assertThat(series.deliveryCounts()).startsWith(1L, 0L, 1L);
    assertThat(series.retries()).isEqualTo(2);
    assertThat(series.acked()).isEqualTo(1);
    assertThat(series.nacked()).isEqualTo(1);
    assertThat(series.expired()).isEqualTo(1);
    assertThat(series.deadLettered()).isEqualTo(1);
    assertThat(series.depth()).isEqualTo(7);
    assertThat(snapshot.mailboxes().get(1).system()).isEqualTo("kafka");
    assertThat(shell.out())
        .startsWith("played 9 calls: 3 received, 2 ack, 1 nack, 1 expired, 1 dead_letter, 1 depth");
  }

  @Test
  void exportsToEveryConfiguredExporterAndClosesThem() throws Exception {
    Path file = calls("{\"op\":\"ack\",\"queue\":\"q\"}");

    assertThat(shell.run("replay", file.toString(), "--exporters", "statsd,otlp")).isZero();

    assertThat(shell.exported).hasSize(2);
    assertThat(shell.closed).containsExactly("statsd", "otlp");
    assertThat(shell.out())
        .isEqualToIgnoringNewLines("played 1 call: 1 ack; exported to statsd, otlp");
    MetricsSnapshot snapshot = shell.exported.get(0);
    assertThat(snapshot.workerId()).startsWith("host-1-");
    assertThat(snapshot.agent().version()).isEqualTo("1.2.3");
  }

  @Test
  void aFailedExportIsReported() throws Exception {
    Path file = calls("{\"op\":\"ack\",\"queue\":\"q\"}");
    shell.answers.put(
        "otlp", CompletableFuture.failedFuture(new IOException("connection refused")));

    assertThat(shell.run("replay", file.toString(), "--exporters=otlp,statsd")).isEqualTo(1);

    assertThat(shell.err()).isEqualToIgnoringNewLines("export to otlp failed: connection refused");
    assertThat(shell.out()).contains("exported to statsd; failed: otlp");
    assertThat(shell.closed).containsExactly("otlp", "statsd");
  }

  @Test
  void anExporterThatNeverAnswersIsGivenUp() {
    SinkRun run = new SinkRun(Duration.ofMillis(1), new PrintWriter(System.err));
    shell.answers.put("otlp", new CompletableFuture<>());

    run.export(List.of(shell.sink("otlp"), shell.sink("statsd")), List.of(), null);

    assertThat(run.failed()).containsExactly("otlp");
    assertThat(run.exported()).containsExactly("statsd");
    assertThat(shell.closed).containsExactly("otlp", "statsd");
  }

  @Test
  void writesTheSnapshot() throws Exception {
    String file =
        calls("{\"op\":\"tool\",\"tool\":\"t\",\"latency_ms\":1,\"success\":true}").toString();
    Path snapshot = folder.resolve("out.json");

    assertThat(shell.run("replay", file, "--exporters=none", "--snapshot=" + snapshot)).isZero();
    assertThat(snapshot).hasContent("{\"tools\": 1}");
    assertThat(shell.out()).isEqualToIgnoringNewLines("played 1 call: 1 tool; exported to nothing");

    assertThat(shell.run("replay", file, "--exporters=none", "--snapshot", "-")).isZero();
    assertThat(shell.out()).isEqualToIgnoringNewLines("{\"tools\": 1}");
    assertThat(shell.err()).contains("played 1 call");

    assertThat(shell.run("replay", file, "--exporters=none", "--snapshot", folder.toString()))
        .isEqualTo(1);
    assertThat(shell.err()).startsWith(folder + ": cannot be written: ");
  }

  @Test
  void aMissingFileIsAUsageError() {
    assertThat(shell.run("replay", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(shell.err()).startsWith(folder.resolve("none") + ": no such file");
    assertThat(shell.exported).isEmpty();
  }

  @Test
  void playsStandardInput() {
    InputStream before = System.in;
    String call =
        "{\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}\nbroken\n";
    System.setIn(new ByteArrayInputStream(call.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(shell.run("replay", "-")).isEqualTo(1);
    } finally {
      System.setIn(before);
    }
    assertThat(shell.exported.get(0).tools()).hasSize(1);
    assertThat(shell.err()).startsWith("-:2:");
  }

  @Test
  void playsWhatIsNoRegularFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() == 0,
        "there is no mkfifo");
    Path calls =
        calls("{\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}\n");
    Process writer =
        new ProcessBuilder("sh", "-c", "exec cat " + calls + " > " + pipe).inheritIO().start();
    try {
      assertThat(shell.run("replay", pipe.toString())).as(shell.err()).isZero();
    } finally {
      writer.destroyForcibly();
    }
    assertThat(shell.run("replay", folder.toString())).isEqualTo(2);
  }

  @Test
  void anExporterThatDoesNotExistIsAUsageError() throws Exception {
    String calls =
        calls("{\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}\n")
            .toString();
    for (String exporters : List.of("bogus", "archive,bogus")) {
      assertThat(shell.run("replay", "--exporters=" + exporters, calls)).isEqualTo(2);
      assertThat(shell.err())
          .startsWith(
              "--exporters=" + exporters + ": bogus is not an exporter; write any of archive")
          .doesNotContain("Using");
    }
    assertThat(shell.exported).isEmpty();
  }

  @Test
  void anExporterThatCannotBeMadeHasFailed() throws Exception {
    String calls =
        calls("{\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}\n")
            .toString();
    shell.unmade.addAll(List.of("otlp", "prometheus"));
    assertThat(shell.run("replay", "--exporters=archive,otlp", calls)).isEqualTo(1);
    assertThat(shell.out()).contains("exported to archive; failed: otlp");
    assertThat(shell.run("replay", "--exporters=prometheus", calls)).isEqualTo(1);
    shell.properties.setProperty("metrics.agent.exporters", "archive,prometheus");
    assertThat(shell.run("replay", calls)).isZero();
  }
}
