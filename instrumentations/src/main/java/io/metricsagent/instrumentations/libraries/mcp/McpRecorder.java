package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.bootstrap.registry.McpMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.protocol.Exchange;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import java.util.Set;

/**
 * Records requests of the protocol that ended. Thread-safe.
 *
 * <p>The name of a method comes from the wire, so all methods that the protocol does not define
 * share one name.
 */
final class McpRecorder {
  static final String TOOLS_CALL = "tools/call";
  static final String SUBSCRIPTIONS_LISTEN = "subscriptions/listen";

  /** The request methods of all versions of the protocol, up to 2025-11-25. */
  private static final Set<String> METHODS =
      Set.of(
          "initialize",
          "ping",
          "tools/list",
          TOOLS_CALL,
          SUBSCRIPTIONS_LISTEN,
          "server/discover",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "logging/setLevel",
          "roots/list",
          "sampling/createMessage",
          "elicitation/create",
          "tasks/list",
          "tasks/get",
          "tasks/result",
          "tasks/cancel");

  /** The code that a server sends for an exception without a code. */
  private static final String INTERNAL_ERROR = "-32603";

  private final Registry registry;
  private final ActiveSpans spans;

  McpRecorder(Telemetry telemetry) {
    registry = telemetry.registry();
    spans = telemetry.spans();
  }

  /** Returns {@code mcp.method.name} for a method from the wire. */
  private static String named(String method) {
    return method != null && METHODS.contains(method) ? method : McpSnapshot.OTHER_METHOD;
  }

  /**
   * Records a request that was sent and has ended.
   *
   * @param errorType {@code null} for success
   */
  void sent(String method, String tool, Exchange.Origin origin, long nanos, String errorType) {
    String experiment = registry.experiment(origin.experiment());
    record(registry.mcpClient(named(method), tool, experiment), origin, nanos, errorType);
  }

  /**
   * Records a request that was received and has ended.
   *
   * @param errorType {@code null} for success
   */
  void received(String method, String tool, Exchange.Origin origin, long nanos, String errorType) {
    String experiment = registry.experiment(origin.experiment());
    record(registry.mcpServer(named(method), tool, experiment), origin, nanos, errorType);
  }

  /**
   * Records a tool that a server ran, where only the answer shows its end.
   *
   * @param errorType {@code null} for success
   */
  void ran(String tool, Exchange.Origin origin, long nanos, String errorType) {
    ToolMetrics series = registry.tool(tool, registry.experiment(origin.experiment()));
    if (errorType == null) {
      series.recordSuccess(nanos);
    } else {
      series.recordFailure(nanos, errorType);
    }
    spans.exemplify(series, origin.trace(), nanos, errorType);
  }

  /** Records a session that was closed. */
  void session(String side, long nanos) {
    McpMetrics series =
        side.equals(McpSnapshot.CLIENT)
            ? registry.mcpClient(null, null)
            : registry.mcpServer(null, null);
    series.record(nanos, null);
  }

  private void record(McpMetrics series, Exchange.Origin origin, long nanos, String errorType) {
    series.record(nanos, errorType);
    spans.exemplify(series, origin.trace(), nanos, errorType);
  }

  /** Returns {@code error.type} of the exception that the sender of a request got. */
  static String errorType(Throwable error) {
    Integer code = McpToolDecoder.code(Errors.unwrapped(error));
    return code == null ? LostRequests.errorType(error) : code.toString();
  }

  /** Returns {@code error.type} of the exception that the receiver of a request threw. */
  static String answeredErrorType(Throwable error) {
    Throwable inner = Errors.unwrapped(error);
    Integer code = McpToolDecoder.code(inner);
    if (code == null) {
      return Errors.isOfType(inner) ? Errors.type(inner) : INTERNAL_ERROR;
    }
    return code.toString();
  }
}
