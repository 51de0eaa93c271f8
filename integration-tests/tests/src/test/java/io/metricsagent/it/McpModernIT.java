package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The second stack of the Java SDK of the Model Context Protocol: a server and its clients in one
 * process, where each call of a tool is counted twice, and a client of a server over HTTP.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class McpModernIT {
  private static final String THROWN = "java.lang.IllegalStateException";

  private static Dump dump;

  McpModernIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return Setup.of("mcp-modern");
  }

  @BeforeParameterizedClassInvocation
  static void callTheServers(Setup setup) throws IOException {
    dump = StubRun.of(setup, stub -> List.of(stub.mcpUrl())).dump();
  }

  /**
   * One call by each client, one round by itself, one call with wrong arguments, and 32 in
   * parallel.
   */
  @Test
  void countsEachCallOnceOnEachSide() {
    assertThat(dump.tool("price").count("call_count")).isEqualTo(2 * (1 + 1 + 1 + 1 + 32));
    assertThat(dump.tool("price").latency().count()).isEqualTo(2 * 36);
    assertThat(dump.tools()).extracting(Dump.Tool::name).doesNotContain("never");
  }

  @Test
  void takesAResultThatSaysErrorForAFailure() {
    assertThat(dump.tool("broken").errorCodes()).isEqualTo(Map.of("tool_error", 4L));
    assertThat(dump.tool("streamed-broken").errorCodes()).isEqualTo(Map.of("tool_error", 4L));
  }

  /** The tool takes 50 ms between its first message and its result. */
  @Test
  void timesAToolThatAnswersByAStreamToItsResult() {
    assertThat(dump.tool("streamed").count("success_count")).isEqualTo(4);
    assertThat(dump.tool("streamed").latency().min()).isGreaterThanOrEqualTo(50);
    assertThat(dump.mcp("server").get("tools/call streamed").duration().min())
        .isGreaterThanOrEqualTo(50);
  }

  /** The server distinguishes wrong arguments from a tool's failure, but its answer does not. */
  @Test
  void tellsArgumentsThatAServerRefused() {
    assertThat(dump.tool("price").errorCodes())
        .isEqualTo(Map.of("invalid_arguments", 1L, "tool_error", 1L));
  }

  @Test
  void tellsWhatAToolThrewByItsTypeOnTheServerAndByItsCodeOnTheClient() {
    assertThat(dump.tool("thrower").errorCodes()).isEqualTo(Map.of(THROWN, 2L, "-32603", 2L));
  }

  @Test
  void makesNoSeriesOfAToolThatDoesNotExist() {
    assertThat(dump.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", 4L));
    assertThat(dump.tools()).extracting(Dump.Tool::name).doesNotContain("invention");
  }

  @Test
  void tellsTheStatusOfHttp() {
    assertThat(dump.tool("failing").errorCodes()).isEqualTo(Map.of("500", 1L));
    assertThat(dump.tool("throttled").errorCodes()).isEqualTo(Map.of("429", 1L));
    assertThat(dump.mcp("client").get("tools/call throttled").errorTypes())
        .isEqualTo(Map.of("429", 1L));
  }

  @Test
  void tellsACallThatTookTooLong() {
    String timeout = "io.modelcontextprotocol.modern.client.McpTimeoutException";
    assertThat(dump.tool("slow").errorCodes()).isEqualTo(Map.of(timeout, 1L, "cancelled", 1L));
  }

  @Test
  void timesEachRequestThatWasReceived() {
    assertThat(requests("server"))
        .isEqualTo(
            Map.of(
                "server/discover", 1L,
                "tools/list", 1L,
                "tools/call price", 36L,
                "tools/call broken", 2L,
                "tools/call thrower", 2L,
                "tools/call streamed", 2L,
                "tools/call streamed-broken", 2L,
                "tools/call slow", 1L,
                "tools/call _unknown", 2L));
    Map<String, Dump.Mcp> received = dump.mcp("server");
    assertThat(received.get("tools/call broken").errorTypes()).isEqualTo(Map.of("tool_error", 2L));
    assertThat(received.get("tools/call streamed-broken").errorTypes())
        .isEqualTo(Map.of("tool_error", 2L));
    assertThat(received.get("tools/call _unknown").errorTypes()).isEqualTo(Map.of("-32602", 2L));
    assertThat(received.get("tools/call thrower").errorTypes()).isEqualTo(Map.of("-32603", 2L));
  }

  @Test
  void timesEachRequestThatWasSent() {
    Map<String, Long> sent = requests("client");
    sent.remove("tools/list"); // clients send it on their own
    assertThat(sent)
        .isEqualTo(
            Map.of(
                "server/discover", 1L,
                "tools/call price", 36L,
                "tools/call broken", 2L,
                "tools/call thrower", 2L,
                "tools/call streamed", 2L,
                "tools/call streamed-broken", 2L,
                "tools/call slow", 1L,
                "tools/call failing", 1L,
                "tools/call throttled", 1L,
                "tools/call _unknown", 2L));
    assertThat(dump.mcp("client").get("tools/call _unknown").errorTypes())
        .isEqualTo(Map.of("-32602", 2L));
  }

  private static Map<String, Long> requests(String side) {
    Map<String, Long> requests = new TreeMap<>();
    dump.mcp(side).forEach((name, series) -> requests.put(name, series.requests()));
    return requests;
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("mcp").skipped()).isZero();
  }
}
