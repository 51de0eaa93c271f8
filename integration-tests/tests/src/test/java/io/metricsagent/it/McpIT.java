package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server and a client of the Model Context Protocol, each in a process under the agent. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class McpIT {
  /** The client opens three connections one after the other and has a server process for each. */
  private static final int SERVERS = 3;

  private static final String SERVER = "server";

  private static final PlannedRuns<FinishedRun> RUNS = new PlannedRuns<>(McpIT::execute);

  private static FinishedRun run;
  private static Dump client;

  private final Setup setup;

  McpIT(Setup setup) {
    this.setup = setup;
  }

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("mcp/newest", "mcp/1", "mcp/oldest"));
  }

  private static FinishedRun execute(Setup setup) throws IOException {
    return setup
        .run()
        .withAgent()
        .run(
            setup.jdk().command("java"),
            "-javaagent:" + Artifacts.agent() + "=dir=" + SERVER,
            "-jar",
            setup.jar().toString(),
            "serve");
  }

  @BeforeParameterizedClassInvocation
  static void callTheServer(Setup setup) throws Throwable {
    run = RUNS.of(setup);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    client = run.dump();
    Await.until(
        () -> run.dumps(SERVER).size() == SERVERS,
        Duration.ofSeconds(60),
        () -> run.dumps(SERVER).size() + " servers have written what they saw");
  }

  private static long served(String tool, String field) {
    return run.dumps(SERVER).stream()
        .flatMap(dump -> dump.tools().stream())
        .filter(series -> series.name().equals(tool))
        .mapToLong(series -> series.count(field))
        .sum();
  }

  private static Map<String, Long> refused(String tool) {
    Map<String, Long> codes = new TreeMap<>();
    run.dumps(SERVER).stream()
        .flatMap(dump -> dump.tools().stream())
        .filter(series -> series.name().equals(tool))
        .forEach(series -> series.errorCodes().forEach((k, v) -> codes.merge(k, v, Long::sum)));
    return codes;
  }

  /** Only servers from 2.0 on check arguments themselves. */
  private boolean checksArguments() {
    return setup.isNewest();
  }

  @Test
  void countsEachCallOfAClientOnce() {
    // Four calls from one thread, one of them without arguments; one call on a virtual thread; 4
    // and 32 asynchronous calls, of which two use the same publisher.
    assertThat(client.tool("price").count("call_count")).isEqualTo(3 + 1 + 1 + 3 + 32);
    assertThat(client.tool("price").latency().count()).isEqualTo(40);
  }

  @Test
  void countsEachCallThatAServerGotOnce() {
    assertThat(served("price", "call_count")).isEqualTo(40);
    assertThat(served("broken", "call_count")).isEqualTo(2);
    assertThat(served("thrower", "call_count")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "at-once,32",
    "at-once-async,32",
    "virtual,4",
    "virtual-async,4",
    "stateless-at-once,32"
  })
  void countsCallsThatRunAtOnceAndOnVirtualThreads(String tool, long calls) {
    assertThat(client.tool(tool).count("call_count")).isEqualTo(calls);
    assertThat(client.tool(tool).count("failure_count")).isZero();
    assertThat(client.tool(tool).latency().count()).isEqualTo(calls);
  }

  /** Each waits for its own answer, which takes 50 ms. */
  @ParameterizedTest
  @ValueSource(strings = {"at-once", "at-once-async", "virtual", "virtual-async"})
  void timesEachOfThemByItself(String tool) {
    assertThat(client.tool(tool).latency().min()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void countsAServerWithoutSessions() {
    assertThat(client.tool("stateless").count("call_count")).isEqualTo(2);
    assertThat(client.tool("stateless").count("failure_count")).isZero();
  }

  @Test
  void takesAResultThatSaysErrorForAFailure() {
    assertThat(client.tool("broken").errorCodes()).isEqualTo(Map.of("tool_error", 2L));
    assertThat(refused("broken")).isEqualTo(Map.of("tool_error", 2L));
  }

  @Test
  void tellsWhatAToolThrewByItsTypeOnTheServerAndByItsCodeOnTheClient() {
    assertThat(refused("thrower")).containsOnlyKeys("java.lang.IllegalStateException");
    assertThat(client.tool("thrower").errorCodes()).containsOnlyKeys("-32603");
  }

  @Test
  void tellsWrongArgumentsApart() {
    Map<String, Long> once = Map.of("invalid_arguments", 1L);
    assertThat(refused("price")).isEqualTo(checksArguments() ? once : Map.of());
    assertThat(client.tool("price").errorCodes())
        .isEqualTo(checksArguments() ? Map.of("tool_error", 1L) : Map.of());
  }

  /** Two calls are made by servers in the client's process. */
  @Test
  void makesNoSeriesOfAToolThatDoesNotExist() {
    assertThat(client.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", 3L + 2));
    assertThat(refused("_unknown")).isEqualTo(Map.of("unknown_tool", 3L));
    assertThat(client.tools()).extracting(Dump.Tool::name).noneMatch(n -> n.contains("invention"));
    assertThat(run.dumps(SERVER))
        .flatExtracting(Dump::tools)
        .extracting(Dump.Tool::name)
        .noneMatch(name -> name.contains("invention"));
  }

  @Test
  void tellsATimeoutAndACancelledCall() {
    assertThat(client.tool("slow").errorCodes())
        .isEqualTo(Map.of("cancelled", 1L, "java.util.concurrent.TimeoutException", 1L));
  }

  @Test
  void leavesOutACallThatNobodySubscribedTo() {
    assertThat(client.tools()).extracting(Dump.Tool::name).doesNotContain("never");
  }

  @Test
  void timesEachRequestThatAClientSent() {
    Map<String, Long> requests = requests(client, "client");
    assertThat(requests)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("session", 5L),
                Map.entry("initialize", 5L),
                // One ping by the client, and one for each tool call of the streamable server.
                Map.entry("ping", 1L + 2),
                Map.entry("tools/list", 1L),
                Map.entry("resources/list", 1L),
                Map.entry("resources/read", 2L),
                Map.entry("tools/call price", 40L),
                Map.entry("tools/call at-once", 32L),
                Map.entry("tools/call at-once-async", 32L),
                Map.entry("tools/call virtual", 4L),
                Map.entry("tools/call virtual-async", 4L),
                Map.entry("tools/call curious", 1L),
                Map.entry("tools/call broken", 2L),
                Map.entry("tools/call thrower", 1L),
                Map.entry("tools/call slow", 2L),
                Map.entry("tools/call _unknown", 3L)));
    assertThat(client.mcp("client").get("tools/call price").duration().count()).isEqualTo(40);
    // The client waits five seconds, and then its session ends.
    assertThat(client.mcp("client").get("session").duration().max()).isGreaterThanOrEqualTo(4900);
    assertThat(client.mcp("client").get("tools/call slow").duration().max())
        .isGreaterThanOrEqualTo(4900);
  }

  @Test
  void tellsHowARequestFailedThatAClientSent() {
    Map<String, Dump.Mcp> sent = client.mcp("client");
    assertThat(sent.get("tools/call broken").errorTypes()).isEqualTo(Map.of("tool_error", 2L));
    assertThat(sent.get("tools/call thrower").errorTypes()).isEqualTo(Map.of("-32603", 1L));
    assertThat(sent.get("tools/call _unknown").errorTypes()).isEqualTo(Map.of("-32602", 3L));
    assertThat(sent.get("tools/call slow").errorTypes())
        .isEqualTo(Map.of("cancelled", 1L, "java.util.concurrent.TimeoutException", 1L));
    assertThat(sent.get("resources/read").errorTypes()).isEqualTo(Map.of("-32002", 1L));
    assertThat(sent.get("initialize").errorTypes()).isEmpty();
    assertThat(sent.get("ping").errorTypes()).isEmpty();
  }

  @Test
  void timesEachRequestThatAServerGot() {
    Map<String, Long> requests = new TreeMap<>();
    Map<String, Long> failures = new TreeMap<>();
    for (Dump dump : run.dumps(SERVER)) {
      requests(dump, "server").forEach((name, count) -> requests.merge(name, count, Long::sum));
      dump.mcp("server")
          .forEach(
              (name, series) ->
                  series
                      .errorTypes()
                      .forEach((type, n) -> failures.merge(name + " " + type, n, Long::sum)));
    }
    requests.remove("tools/call slow"); // the client ends the server during the call
    requests.remove("session"); // ended by the client, too
    failures.keySet().removeIf(name -> name.startsWith("tools/call slow"));
    assertThat(requests)
        .isEqualTo(
            Map.of(
                "initialize", 3L,
                "ping", 1L,
                "tools/list", 1L,
                "resources/list", 1L,
                "resources/read", 2L,
                "tools/call price", 40L,
                "tools/call curious", 1L,
                "tools/call broken", 2L,
                "tools/call thrower", 1L,
                "tools/call _unknown", 3L));
    Map<String, Long> expected =
        new TreeMap<>(
            Map.of(
                "tools/call broken tool_error", 2L,
                "tools/call thrower -32603", 1L,
                "tools/call _unknown -32602", 3L,
                "resources/read -32002", 1L));
    if (checksArguments()) {
      expected.put("tools/call price tool_error", 1L);
    }
    assertThat(failures).isEqualTo(expected);
  }

  @Test
  void timesWhatAServerAsksBack() {
    Map<String, Long> asked = new TreeMap<>();
    for (Dump dump : run.dumps(SERVER)) {
      asked.putAll(requests(dump, "client"));
    }
    assertThat(asked).isEqualTo(Map.of("ping", 1L, "roots/list", 1L));
  }

  /** Two servers in the client's process, and the requests that the client received. */
  @Test
  void timesServersOfEachKind() {
    assertThat(requests(client, "server"))
        .isEqualTo(
            Map.of(
                "session", 1L, // the stateless server has no sessions
                "roots/list", 1L,
                "ping", 1L + 1,
                "initialize", 1L,
                "tools/call stateless", 2L,
                "tools/call stateless-at-once", 32L,
                "tools/call streamable", 2L,
                "tools/call faulty", 1L,
                "tools/call _unknown", 1L + 1,
                "_OTHER", 2L));
    Map<String, Dump.Mcp> received = client.mcp("server");
    assertThat(received.get("_OTHER").errorTypes()).isEqualTo(Map.of("-32601", 2L));
    assertThat(received.get("tools/call faulty").errorTypes()).isEqualTo(Map.of("tool_error", 1L));
    assertThat(received.get("tools/call _unknown").errorTypes()).isEqualTo(Map.of("-32602", 2L));
    assertThat(received.get("tools/call streamable").errorTypes()).isEmpty();
    assertThat(received.get("tools/call stateless").errorTypes()).isEmpty();
  }

  private static Map<String, Long> requests(Dump dump, String side) {
    Map<String, Long> requests = new TreeMap<>();
    dump.mcp(side).forEach((name, series) -> requests.put(name, series.requests()));
    return requests;
  }

  @Test
  void doesNotTrip() {
    assertThat(client.agentErrors()).isZero();
    assertThat(client.instrumentation("mcp").skipped()).isZero();
    assertThat(run.dumps(SERVER)).allMatch(dump -> dump.agentErrors() == 0);
  }
}
