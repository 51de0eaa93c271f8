package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of the Model Context Protocol over HTTP, and a server that treats each tool as the tool's
 * name says. The SDK's clients call each tool once blocking and once asynchronously, LangChain4j's
 * client calls it once.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class McpHttpIT {
  private static final String TIMEOUT = "java.util.concurrent.TimeoutException";
  private static final String TRANSPORT = "io.modelcontextprotocol.spec.McpTransportException";

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> StubRun.of(setup, stub -> List.of("http", stub.mcpUrl())));

  private static Dump dump;
  private static Ledger ledger;

  private final Setup setup;

  /** How often each tool was called, except those that were called in parallel. */
  private final long calls;

  McpHttpIT(Setup setup) {
    this.setup = setup;
    calls = isLangChain4j() ? 1 : 2;
  }

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>(Setup.of("mcp/newest", "mcp/1", "mcp/oldest"));
    setups.addAll(Setup.of("langchain4j-mcp/newest", "langchain4j-mcp/oldest"));
    return RUNS.plan(setups);
  }

  @BeforeParameterizedClassInvocation
  static void callTheServer(Setup setup) throws Throwable {
    StubRun run = RUNS.of(setup);
    dump = run.dump();
    ledger = run.ledger();
  }

  private boolean isLangChain4j() {
    return setup.app().startsWith("langchain4j");
  }

  /** Returns whether the client says with which status a server answered. */
  private boolean tellsStatus() {
    return isLangChain4j() || setup.isNewest();
  }

  /** {@code price} is called 32 times in parallel, and once on a virtual thread. */
  @Test
  void countsEachResultOnce() {
    assertThat(dump.tool("price").count("success_count")).isEqualTo(calls + 32 + 1);
    assertThat(dump.tool("price").latency().count()).isEqualTo(calls + 32 + 1);
    assertThat(dump.tool("price").latency().min()).isGreaterThanOrEqualTo(50);
    assertThat(dump.tool("price-streamed").count("success_count")).isEqualTo(calls);
    assertThat(dump.tool("price-streamed").latency().min()).isGreaterThanOrEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "broken-streamed"})
  void takesAResultThatSaysErrorForAFailure(String tool) {
    failed(tool, "tool_error");
  }

  @Test
  void makesNoSeriesOfAToolThatDoesNotExist() {
    assertThat(dump.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", calls));
    assertThat(dump.mcp("client").get("tools/call _unknown").errorTypes())
        .isEqualTo(Map.of("-32602", calls));
  }

  /** Older clients of the SDK throw the same exception for each status. */
  @Test
  void tellsTheStatusWhereTheClientDoes() {
    failed("failing", tellsStatus() ? "500" : "java.lang.RuntimeException");
    failed("throttled", tellsStatus() ? "429" : "java.lang.RuntimeException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "cut-streamed"})
  void tellsAConnectionThatWasCut(String tool) {
    failed(tool, "java.io.IOException");
  }

  /** Some clients drop such a body and wait for another one. */
  @Test
  void tellsABodyThatIsNoJson() {
    if (isLangChain4j()) {
      failed("malformed", "com.fasterxml.jackson.core.JsonParseException");
      failed("malformed-streamed", TIMEOUT);
    } else {
      failed("malformed", setup.isNewest() ? TRANSPORT : TIMEOUT);
      failed("malformed-streamed", TRANSPORT);
    }
  }

  /** The answers come after the timeout, while the client still runs. */
  @ParameterizedTest
  @ValueSource(strings = {"late", "late-streamed"})
  void tellsATimeoutOnce(String tool) {
    failed(tool, TIMEOUT);
    assertThat(dump.tool(tool).latency().min()).isGreaterThanOrEqualTo(1900);
    assertThat(dump.mcp("client").get("tools/call " + tool).duration().min())
        .isGreaterThanOrEqualTo(1900);
  }

  private void failed(String tool, String error) {
    Dump.Tool series = dump.tool(tool);
    assertThat(series.errorCodes()).isEqualTo(Map.of(error, calls));
    assertThat(series.count("call_count")).isEqualTo(calls);
    assertThat(series.latency().count()).isEqualTo(calls);
    Dump.Mcp requests = dump.mcp("client").get("tools/call " + tool);
    assertThat(requests.errorTypes())
        .isEqualTo(Map.of(error, ledger.mcpRequests().get("tools/call " + tool)));
  }

  @Test
  void countsARefusedToolUnderTheNameThatTheModelKnows() {
    assumeThat(isLangChain4j()).isTrue();
    assertThat(dump.tool("ask_plant").errorCodes()).isEqualTo(Map.of("500", 1L));
  }

  /** LangChain4j's client begins another session and retries by itself. */
  @Test
  void tellsASessionThatTheServerForgot() {
    assertThat(dump.tool("forgotten").count("success_count")).isEqualTo(calls);
    assertThat(dump.tool("forgotten").errorCodes())
        .isEqualTo(isLangChain4j() ? Map.of() : Map.of("java.lang.RuntimeException", calls));
  }

  @Test
  void timesEachRequestThatTheServerGot() {
    Map<String, Long> got = new TreeMap<>(ledger.mcpRequests());
    got.keySet().removeIf(method -> method.startsWith("notifications/"));
    got.put("tools/call _unknown", got.remove("tools/call invention"));
    got.put("session", got.get("initialize"));
    if (isLangChain4j()) {
      got.merge("tools/call forgotten", -1L, Long::sum); // two attempts of one request
    }
    Map<String, Long> sent = new TreeMap<>();
    dump.mcp("client").forEach((name, series) -> sent.put(name, series.duration().count()));
    assertThat(sent).isEqualTo(got);
    // One session for each patient or hasty client, and one more after each forgotten session.
    assertThat(got).containsEntry("session", 3 * calls).containsEntry("ping", 1L);
    assertThat(dump.mcp("server")).isEmpty();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("mcp").skipped()).isZero();
    assertThat(dump.tools()).hasSize(isLangChain4j() ? 15 : 14);
  }
}
