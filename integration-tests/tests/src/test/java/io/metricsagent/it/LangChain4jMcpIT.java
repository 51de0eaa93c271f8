package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's own client of a server that is made with the SDK. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4jMcpIT {
  private static final PlannedRuns<FinishedRun> RUNS = new PlannedRuns<>(LangChain4jMcpIT::execute);

  private static Dump dump;

  LangChain4jMcpIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-mcp/newest", "langchain4j-mcp/oldest"));
  }

  private static FinishedRun execute(Setup setup) throws IOException {
    String server = Artifacts.app("mcp/newest").toString();
    return setup.run().withAgent().run(setup.jdk().command("java"), "-jar", server, "serve");
  }

  @BeforeParameterizedClassInvocation
  static void callTheServer(Setup setup) throws Throwable {
    FinishedRun run = RUNS.of(setup);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  private static Map<String, Long> failures(String tool) {
    return dump.tool(tool).errorCodes();
  }

  @Test
  void countsEachCallOnce() {
    // Three calls in sequence, 32 in parallel, one on a virtual thread.
    assertThat(dump.tool("price").count("call_count")).isEqualTo(3 + 32 + 1);
    assertThat(dump.tool("price").latency().count()).isEqualTo(36);
    assertThat(failures("price")).isEqualTo(Map.of("invalid_arguments", 1L));
  }

  @Test
  void tellsFailuresOfAToolFromThoseOfTheProtocol() {
    assertThat(failures("broken")).isEqualTo(Map.of("tool_error", 1L));
    assertThat(failures("thrower")).isEqualTo(Map.of("-32603", 1L));
    assertThat(failures("_unknown")).isEqualTo(Map.of("unknown_tool", 2L));
  }

  /** The library returns an ordinary result for a timeout. */
  @Test
  void takesATimeoutForAFailure() {
    assertThat(failures("slow")).isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
    assertThat(failures("ask_snail"))
        .isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
  }

  @Test
  void countsAToolUnderTheNameThatTheModelKnows() {
    assertThat(dump.tool("ask_shop").count("success_count")).isEqualTo(1);
    assertThat(failures("ask_plant")).isEqualTo(Map.of("tool_error", 1L));
  }

  @Test
  void timesEachRequestByItsMethod() {
    Map<String, Long> requests = new TreeMap<>();
    Map<String, Map<String, Long>> failures = new TreeMap<>();
    dump.mcp("client")
        .forEach(
            (name, series) -> {
              requests.put(name, series.requests());
              if (!series.errorTypes().isEmpty()) {
                failures.put(name, series.errorTypes());
              }
            });
    assertThat(requests)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("session", 1L),
                Map.entry("initialize", 1L),
                Map.entry("ping", 1L),
                Map.entry("tools/list", 1L), // the client caches the answer
                Map.entry("resources/list", 1L),
                Map.entry("resources/read", 1L),
                Map.entry("tools/call price", 2L + 32 + 1 + 1), // malformed arguments are not sent
                Map.entry("tools/call broken", 1L + 1),
                Map.entry("tools/call thrower", 1L),
                Map.entry("tools/call _unknown", 2L),
                Map.entry("tools/call slow", 1L + 1)));
    assertThat(failures)
        .isEqualTo(
            Map.of(
                "tools/call broken", Map.of("tool_error", 2L),
                "tools/call thrower", Map.of("-32603", 1L),
                "tools/call _unknown", Map.of("-32602", 2L),
                "tools/call slow", Map.of("java.util.concurrent.TimeoutException", 2L)));
    assertThat(dump.mcp("client").get("tools/call slow").duration().min())
        .isGreaterThanOrEqualTo(2900);
    assertThat(dump.mcp("server")).isEmpty();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("mcp").skipped()).isZero();
    assertThat(dump.tools()).hasSize(8);
  }
}
