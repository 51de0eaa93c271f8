package io.metricsagent.bootstrap.measures;

import static io.metricsagent.bootstrap.measures.MeasureType.CALLS;
import static io.metricsagent.bootstrap.measures.MeasureType.ERRORS;
import static io.metricsagent.bootstrap.measures.MeasureType.ERROR_TYPES;
import static io.metricsagent.bootstrap.measures.MeasureType.OUTCOMES;

import java.util.List;

/**
 * Requests and sessions of the Model Context Protocol. Metric names differ by side and by what is
 * timed, so there are four kinds. JSON has all of them in one array.
 */
public final class McpMeasures {
  private static final List<Label> LABELS =
      List.of(
          Label.of("side", null, null).withHeader("mcp side"),
          Label.of("method", "method", "mcp.method.name").unknownAs("(session)"),
          Label.of("tool_name", "tool", "gen_ai.tool.name")
              .optionalColumn()
              .implying("gen_ai.operation.name", "execute_tool"),
          Label.of("experiment", "experiment", "experiment").optionalColumn());

  /** Sessions of a client, from the first request until they are closed. */
  public static final Kind CLIENT_SESSION =
      kind(
          duration("client.session", "An MCP session, as its client sees it.")
              .otlp(
                  "mcp.client.session.duration",
                  "wink.mcp.client.session.duration",
                  "Duration of an MCP session, as its client sees it"),
          errors("client"));

  /** Requests that this process sends. */
  public static final Kind CLIENT =
      kind(
          duration("client.operation", "An MCP request sent, failed ones too.")
              .otlp(
                  "mcp.client.operation.duration",
                  "wink.mcp.client.operation.duration",
                  "Duration of an MCP request, as its sender sees it"),
          errors("client").prometheus("MCP requests sent that failed."));

  /** Sessions of a server. */
  public static final Kind SERVER_SESSION =
      kind(
          duration("server.session", "An MCP session, as its server sees it.")
              .otlp(
                  "mcp.server.session.duration",
                  "wink.mcp.server.session.duration",
                  "Duration of an MCP session, as its server sees it"),
          errors("server"));

  /** Requests that this process receives. */
  public static final Kind SERVER =
      kind(
          duration("server.operation", "An MCP request received, failed ones too.")
              .otlp(
                  "mcp.server.operation.duration",
                  "wink.mcp.server.operation.duration",
                  "Duration of an MCP request, as its receiver sees it"),
          errors("server").prometheus("MCP requests received that failed."));

  private McpMeasures() {}

  private static Kind kind(Measure.Builder duration, Measure.Builder errors) {
    Kind.Builder all = new Kind.Builder("mcp", true, LABELS);
    all.add(duration);
    all.add(Measure.of(CALLS, "mcp.request_count", "{request}").jsonOnly().column(10, "requests"));
    all.add(errors);
    all.add(
        Measure.of(ERROR_TYPES, "mcp.error_types", "{error}").jsonOnly().column(60, "error types"));
    return all.build();
  }

  private static Measure.Builder duration(String what, String help) {
    return Measure.time(OUTCOMES, "mcp." + what + "_duration")
        .json("duration")
        .prometheus(help)
        .column(30, "p50 ms", "p50")
        .column(40, "p95 ms", "p95")
        .column(50, "p99 ms", "p99");
  }

  private static Measure.Builder errors(String side) {
    return Measure.of(ERRORS, "mcp." + side + ".errors", "{error}")
        .json("error_count")
        .column(20, "errors");
  }
}
