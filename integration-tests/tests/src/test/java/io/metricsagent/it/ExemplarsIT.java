package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exemplars lead from a latency to a trace, if the application has traces. */
@ExtendWith(ShowRuns.class)
class ExemplarsIT {
  private static final String DURATION = "gen_ai.client.operation.duration";
  private static final String TOOL = "gen_ai.execute_tool.duration";

  private static AgentRun traced(AgentRun run, OtlpReceiver receiver) {
    return run.setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
        .setting("metrics.agent.adapters.include", "com.example.traced.Llm[complete,later]")
        .setting("metrics.agent.tools.include", "com.example.traced.Lookup[find,fail,quietly]")
        .jar(Artifacts.app("traced"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void leadToTheApplicationsOwnTraces(Jdk jdk) throws Exception {
    OtlpReceiver receiver = new OtlpReceiver(); // first, since it could take the free port below
    int port = Ports.free();
    try (receiver;
        RunningApp app =
            traced(
                    AgentRun.on(jdk).withAgent("exporters=otlp,prometheus,prometheus.port=" + port),
                    receiver)
                .start("own")) {
      app.awaitOutput("ready");
      String trace = said(app.stdout(), "trace ");
      String span = said(app.stdout(), "span ");
      String scraped = openMetrics(port);
      assertThat(scraped.lines().filter(line -> line.contains(" # {")))
          .hasSize(4)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains("_seconds_bucket{")
                      .contains("trace_id=\"" + trace + "\"")
                      .contains("span_id=\"" + span + "\""))
          .noneMatch(line -> line.contains("quietly"));

      FinishedRun run = app.finish();
      assertThat(run.exitCode()).isZero();
      assertThat(run.agentLog()).noneMatch(line -> line.contains("failed"));
      assertThat(traces(receiver, DURATION))
          .isEqualTo(Map.of("complete", List.of(trace), "later", List.of(trace)));
      assertThat(traces(receiver, TOOL))
          .isEqualTo(
              Map.of(
                  "Lookup.find", List.of(trace),
                  "Lookup.fail java.lang.IllegalArgumentException", List.of(trace)));
      for (HistogramDataPoint point : points(receiver, DURATION)) {
        Exemplar exemplar = point.getExemplars(0);
        assertThat(hex(exemplar.getSpanId())).isEqualTo(span);
        assertThat(exemplar.getAsDouble()).isEqualTo(point.getSum());
        assertThat(exemplar.getTimeUnixNano()).isPositive();
      }
    }
  }

  /** From an AOT cache, the JVM loads the tracing API before it starts any agent. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leadToTracesWhoseApiComesFromAnAotCache(boolean trainedWithAgent, @TempDir Path folder)
      throws Exception {
    Path cache = folder.resolve("traced.aot");
    AgentRun training = onNewestJdk().jvm("-XX:AOTCacheOutput=" + cache);
    if (trainedWithAgent) {
      training.withAgent();
    } else {
      training.jvm("--add-modules", "java.instrument");
    }
    try (RunningApp app = training.jar(Artifacts.app("traced")).start("own")) {
      app.awaitOutput("ready");
      assertThat(app.finish().exitCode()).isZero();
    }
    Path log = folder.resolve("classes");
    AgentRun run =
        onNewestJdk()
            .jvm("-XX:AOTCache=" + cache, "-Xlog:class+load:file=" + log)
            .withAgent("exporters=otlp");
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp app = traced(run, receiver).start("own")) {
      app.awaitOutput("ready");
      String trace = said(app.stdout(), "trace ");
      assertThat(app.finish().exitCode()).isZero();

      List<String> classes = Files.readAllLines(log);
      assertThat(place(classes, "io.opentelemetry.context.LazyStorage"))
          .isLessThan(place(classes, "io.metricsagent.MetricsAgent"));
      assertThat(traces(receiver, DURATION))
          .isEqualTo(Map.of("complete", List.of(trace), "later", List.of(trace)));
    }
  }

  private static AgentRun onNewestJdk() {
    return AgentRun.on(Jdk.all().get(Jdk.all().size() - 1));
  }

  /** Returns the number of the line with which the JVM logs that it loads a class. */
  private static int place(List<String> log, String name) {
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).contains("] " + name + " source: ")) {
        return i;
      }
    }
    throw new AssertionError(name + " is not loaded");
  }

  /** Either agent may come first on the command line. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leadToTheTracesOfOpenTelemetrysAgent(boolean first) throws Exception {
    String other = "-javaagent:" + Artifacts.openTelemetryAgent();
    AgentRun run = AgentRun.on(Jdk.all().get(0));
    if (first) {
      run.jvm(other).withAgent("exporters=otlp");
    } else {
      run.withAgent("exporters=otlp").jvm(other);
    }
    for (String signal : List.of("traces", "metrics", "logs")) {
      run.setting("otel." + signal + ".exporter", "none");
    }
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp app = traced(run, receiver).start("served")) {
      app.awaitOutput("ready");
      String trace = said(app.stdout(), "trace ");
      assertThat(app.finish().exitCode()).isZero();
      assertThat(traces(receiver, DURATION))
          .isEqualTo(Map.of("complete", List.of(trace), "later", List.of(trace)));
      assertThat(traces(receiver, TOOL))
          .containsEntry("Lookup.find", List.of(trace))
          .doesNotContainKey("Lookup.quietly");
    }
  }

  @Test
  void areNotMadeWhereNobodyTraces() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp app =
            traced(AgentRun.on(Jdk.all().get(0)).withAgent("exporters=otlp"), receiver)
                .start("served")) {
      app.awaitOutput("ready");
      assertThat(app.finish().exitCode()).isZero();
      assertThat(points(receiver, DURATION)).hasSize(2);
      assertThat(traces(receiver, DURATION)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace_based", "always_on", "always_off"})
  void passTheFilterThatOpenTelemetryNames(String filter) throws Exception {
    AgentRun run =
        AgentRun.on(Jdk.all().get(0))
            .withAgent("exporters=otlp")
            .environment("OTEL_METRICS_EXEMPLAR_FILTER", filter);
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp app = traced(run, receiver).start("own")) {
      app.awaitOutput("ready");
      assertThat(app.finish().exitCode()).isZero();
      assertThat(traces(receiver, DURATION)).hasSize(filter.equals("always_off") ? 0 : 2);
      // One of its calls is in a span that is not sampled.
      assertThat(traces(receiver, TOOL).containsKey("Lookup.quietly"))
          .isEqualTo(filter.equals("always_on"));
    }
  }

  private static List<HistogramDataPoint> points(OtlpReceiver receiver, String metric) {
    return receiver.last().metric(metric).getHistogram().getDataPointsList();
  }

  /**
   * Returns the traces of each series with exemplars, by the attribute that tells the series apart.
   */
  private static Map<String, List<String>> traces(OtlpReceiver receiver, String metric) {
    Map<String, List<String>> traces = new HashMap<>();
    for (HistogramDataPoint point : points(receiver, metric)) {
      List<String> names = new ArrayList<>();
      for (String key : List.of("gen_ai.operation.name", "gen_ai.tool.name", "error.type")) {
        point.getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals(key))
            .forEach(attribute -> names.add(attribute.getValue().getStringValue()));
      }
      if (point.getExemplarsCount() > 0) {
        traces.put(
            String.join(" ", names).replace("com.example.traced.", ""),
            point.getExemplarsList().stream().map(e -> hex(e.getTraceId())).toList());
      }
    }
    return traces;
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static String said(String output, String label) {
    return output
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow();
  }

  private static String openMetrics(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
            .header("Accept", "application/openmetrics-text")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
