package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.UdpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application says of its threads which arm of an experiment they work for, in OpenTelemetry's
 * baggage or in SLF4J's diagnostic context. The arms come out apart in every exporter, also of
 * streamed and asynchronous requests, whose ends come on other threads.
 */
@ExtendWith(ShowRuns.class)
class ExperimentsIT {
  private static final String NONE = "none";
  private static final String OWN_MODEL = "OwnModel";

  private static final String RULES =
      """
      adapters:
        - type: com.example.experiments.OwnModel
          methods: [complete, later]
      tools:
        - type: com.example.experiments.OwnTool
          methods: [look]
      """;

  @TempDir private static Path folder;
  private static Path rules;

  @BeforeAll
  static void writeTheRules() throws IOException {
    rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
  }

  /** Three visits of each kind: questions and one with a tool, which takes two requests. */
  private static final Map<String, Long> SAID =
      expected(
          Map.of(
              "baseline",
              new long[] {3 * (1 + 3 + 2 + 2), 6},
              "v2-concise",
              new long[] {3 * (2 + 5 + 2 + 2), 6},
              NONE,
              new long[] {3 * (7 + 2), 3}));

  private static final Map<String, Long> UNSAID =
      expected(Map.of(NONE, new long[] {3 * (1 + 2 + 3 + 5 + 7 + 5 * 2), 15}));

  /** Returns the calls of each series, given questions and visits of each arm. */
  private static Map<String, Long> expected(Map<String, long[]> arms) {
    Map<String, Long> calls = new TreeMap<>();
    arms.forEach(
        (arm, numbers) -> {
          long visits = numbers[1];
          calls.put("gpt-4o-mini " + arm, numbers[0]);
          calls.put("gpt-4o " + arm, 3 * visits);
          calls.put("complete " + arm, visits);
          calls.put("later " + arm, visits);
          calls.put("stockLevel " + arm, 2 * visits);
          calls.put("OwnTool.look " + arm, visits);
        });
    return calls;
  }

  /** What each exporter has: the number of calls by model, operation or tool, and experiment. */
  private record Exported(
      FinishedRun run,
      Map<String, Long> otlp,
      Map<String, Long> statsd,
      Map<String, Long> prometheus) {}

  private static Exported run(AgentRun run, String... key) throws Exception {
    int port = Ports.free();
    try (StubServer stub = StubServer.start(0);
        OtlpReceiver receiver = new OtlpReceiver();
        UdpReceiver statsd = new UdpReceiver()) {
      application(run, "archive,otlp,statsd,prometheus")
          .setting("metrics.agent.prometheus.port", String.valueOf(port))
          .setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
          .setting("metrics.agent.statsd.host", "127.0.0.1")
          .setting("metrics.agent.statsd.port", String.valueOf(statsd.port()));
      try (RunningApp app = run.start(arguments(stub, key))) {
        app.awaitOutput("ready");
        String scraped = scrape(port);
        FinishedRun finished = app.finish();
        assertThat(finished.exitCode()).as(finished.toString()).isZero();
        return new Exported(finished, otlp(receiver), statsd(statsd.lines()), prometheus(scraped));
      }
    }
  }

  private static AgentRun application(AgentRun run, String exporters) {
    return run.withAgent()
        .setting("metrics.agent.exporters", exporters)
        .setting("metrics.agent.rules.file", rules.toString())
        .jar(Artifacts.app("experiments"));
  }

  private static String[] arguments(StubServer stub, String... key) {
    return key.length == 0 ? new String[] {stub.baseUrl()} : new String[] {stub.baseUrl(), key[0]};
  }

  /** Runs the application with the archive alone; returns what it has. */
  private static Map<String, Long> archived(AgentRun run, String key) throws IOException {
    try (StubServer stub = StubServer.start(0);
        RunningApp app = application(run, "archive").start(arguments(stub, key))) {
      app.awaitOutput("ready");
      FinishedRun finished = app.finish();
      assertThat(finished.exitCode()).as(finished.toString()).isZero();
      return archive(finished.dump());
    }
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Names a series by its model, or by its operation if it has none, and by its experiment. */
  private static String series(String model, String operation, String experiment) {
    return (isNothing(model) ? operation : model)
        + " "
        + (isNothing(experiment) ? NONE : experiment);
  }

  private static boolean isNothing(String text) {
    return text == null || text.isEmpty();
  }

  private static Map<String, Long> archive(Dump dump) {
    Map<String, Long> calls = new TreeMap<>();
    for (Dump.Adapter adapter : dump.adapters()) {
      String name =
          series(
              adapter.json().path("model").asString(""),
              adapter.json().path("operation").asString(""),
              adapter.json().path("experiment").asString(""));
      calls.merge(name, adapter.count("request_count"), Long::sum);
    }
    for (Dump.Tool tool : dump.tools()) {
      String name = series(tool.name(), null, tool.json().path("experiment").asString(""));
      calls.merge(name, tool.count("call_count"), Long::sum);
    }
    return calls;
  }

  private static Map<String, Long> otlp(OtlpReceiver receiver) {
    Map<String, Long> calls = new TreeMap<>();
    for (String metric : List.of("wink.adapter.requests", "wink.tool.calls")) {
      for (NumberDataPoint point : receiver.last().metric(metric).getSum().getDataPointsList()) {
        Map<String, String> labels = new HashMap<>();
        point
            .getAttributesList()
            .forEach(label -> labels.put(label.getKey(), label.getValue().getStringValue()));
        String name =
            series(
                labels.getOrDefault("gen_ai.request.model", labels.get("gen_ai.tool.name")),
                labels.get("gen_ai.operation.name"),
                labels.get("experiment"));
        calls.merge(name, point.getAsInt(), Long::sum);
      }
    }
    return calls;
  }

  /** StatsD has no operations, so both of the application's own model are one series. */
  private static Map<String, Long> statsd(List<String> lines) {
    Pattern counter =
        Pattern.compile("wink\\.(adapter\\.requests|tool\\.calls):(\\d+)\\|c\\|#(.*)");
    Map<String, Long> calls = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = counter.matcher(line);
      if (matcher.matches()) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : matcher.group(3).split(",")) {
          tags.put(tag.substring(0, tag.indexOf(':')), tag.substring(tag.indexOf(':') + 1));
        }
        String name =
            series(tags.getOrDefault("model", tags.get("tool")), OWN_MODEL, tags.get("experiment"));
        calls.merge(name, Long.parseLong(matcher.group(2)), Long::sum);
      }
    }
    return calls;
  }

  private static Map<String, Long> prometheus(String scraped) {
    Pattern sample =
        Pattern.compile(
            "wink_(?:adapter_requests|tool_calls)_total\\{(.*)} (\\d+(?:\\.0)?)(?: .*)?");
    Pattern label = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    Map<String, Long> calls = new TreeMap<>();
    for (String line : scraped.lines().toList()) {
      Matcher matcher = sample.matcher(line);
      if (matcher.matches()) {
        Map<String, String> labels = new HashMap<>();
        Matcher each = label.matcher(matcher.group(1));
        while (each.find()) {
          labels.put(each.group(1), each.group(2));
        }
        String name =
            series(
                isNothing(labels.get("model")) ? labels.get("tool") : labels.get("model"),
                labels.get("operation"),
                labels.get("experiment"));
        calls.merge(name, (long) Double.parseDouble(matcher.group(2)), Long::sum);
      }
    }
    return calls;
  }

  private static void assertEverywhere(Exported exported, Map<String, Long> expected) {
    assertThat(exported.run().agentLog()).noneMatch(line -> line.contains("warning"));
    assertThat(archive(exported.run().dump())).isEqualTo(expected);
    assertThat(exported.otlp()).isEqualTo(expected);
    assertThat(exported.prometheus()).isEqualTo(expected);
    Map<String, Long> withoutOperations = new TreeMap<>();
    expected.forEach(
        (series, calls) ->
            withoutOperations.merge(
                series.replaceAll("^(complete|later)", OWN_MODEL), calls, Long::sum));
    assertThat(exported.statsd()).isEqualTo(withoutOperations);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void armsSaidInBaggageAndInTheLogContextAreApartInEveryExporter(Jdk jdk) throws Exception {
    assertEverywhere(run(AgentRun.on(jdk), "experiment"), SAID);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void withoutTheKeysNothingIsApart(Jdk jdk) throws Exception {
    assertEverywhere(run(AgentRun.on(jdk)), UNSAID);
  }

  private static AgentRun onNewestJdk() {
    return AgentRun.on(Jdk.all().get(Jdk.all().size() - 1));
  }

  @Test
  void theKeyMayBeOfTheUsersChoice() throws Exception {
    AgentRun run = onNewestJdk().setting("metrics.agent.context.keys", "experiment=ab_arm");

    assertThat(archived(run, "ab_arm")).isEqualTo(SAID);
  }

  @Test
  void switchedOffNothingIsRead() throws Exception {
    AgentRun run = onNewestJdk().setting("metrics.agent.context.enabled", "false");

    assertThat(archived(run, "experiment")).isEqualTo(UNSAID);
  }

  @Test
  void theSettingIsForCallsOfWhichNothingIsSaid() throws Exception {
    AgentRun run = onNewestJdk().setting("metrics.agent.experiment", "control");
    Map<String, Long> expected = new TreeMap<>();
    SAID.forEach((series, calls) -> expected.put(series.replace(NONE, "control"), calls));

    assertThat(archived(run, "metrics.agent.experiment")).isEqualTo(expected);
  }
}
