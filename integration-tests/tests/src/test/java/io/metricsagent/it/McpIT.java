package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
  record Setup(String app, Jdk jdk) {
    @Override
    public String toString() {
      return app + " on " + jdk;
    }
  }

  /** The client opens three connections one after the other and has a server process for each. */
  private static final int SERVERS = 3;

  private static final String SERVER = "server";

  private static FinishedRun run;
  private static Dump client;

  private final Setup setup;

  McpIT(Setup setup) {
    this.setup = setup;
  }

  static List<Setup> setups() {
    return Stream.of("mcp-newest", "mcp-1", "mcp-oldest")
        .flatMap(app -> Jdk.all().stream().map(jdk -> new Setup(app, jdk)))
        .toList();
  }

  @BeforeParameterizedClassInvocation
  static void callTheServer(Setup setup) throws IOException {
    String jar = Artifacts.app(setup.app).toString();
    run =
        AgentRun.on(setup.jdk)
            .withAgent()
            .jar(Artifacts.app(setup.app))
            .run(
                setup.jdk.command("java"),
                "-javaagent:" + Artifacts.agent() + "=dir=" + SERVER,
                "-jar",
                jar,
                "serve");
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
    return setup.app.equals("mcp-newest");
  }

  @Test
  void countsEachCallOfAClientOnce() {
    // Four from one thread, one of them without arguments; a virtual thread's; four and 32
    // asynchronous ones, of which two by the same publisher.
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

  /** One by the stateless server, which is in the client's process. */
  @Test
  void makesNoSeriesOfAToolThatDoesNotExist() {
    assertThat(client.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", 3L + 1));
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
  void doesNotTrip() {
    assertThat(client.agentErrors()).isZero();
    assertThat(client.instrumentation("mcp").skipped()).isZero();
    assertThat(run.dumps(SERVER)).allMatch(dump -> dump.agentErrors() == 0);
  }
}
