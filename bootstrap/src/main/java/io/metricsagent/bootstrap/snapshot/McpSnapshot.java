package io.metricsagent.bootstrap.snapshot;

import java.util.Map;

/**
 * One series of the Model Context Protocol: what was recorded for (side, method, tool, experiment).
 *
 * @param side {@link #CLIENT} where requests were sent, {@link #SERVER} where they were received;
 *     either party of the protocol does both
 * @param method {@code mcp.method.name}, such as {@code tools/call}, or {@link #OTHER_METHOD};
 *     {@code null} in the series of sessions, which says of them what others say of requests
 * @param tool {@code gen_ai.tool.name} of {@code tools/call}, else {@code null}
 * @param experiment tag for A/B comparison, or {@code null}
 * @param succeeded duration of the requests that succeeded
 * @param failed duration of the requests that failed, by {@code error.type}
 * @param exemplar one of the requests and its trace, or {@code null}
 */
public record McpSnapshot(
    String side,
    String method,
    String tool,
    String experiment,
    HistogramSnapshot succeeded,
    Map<String, HistogramSnapshot> failed,
    Exemplar exemplar) {
  /** The side that sends a request. */
  public static final String CLIENT = "client";

  /** The side that receives a request. */
  public static final String SERVER = "server";

  /** Stands for all methods that the protocol does not define. */
  public static final String OTHER_METHOD = "_OTHER";

  /** Copies {@code failed}. */
  public McpSnapshot {
    failed = Outcomes.sorted(failed);
  }

  /** Returns the duration of all requests, failed ones included. */
  public HistogramSnapshot duration() {
    return Outcomes.total(succeeded, failed);
  }

  /** Returns the number of requests, failed ones included. */
  public long requestCount() {
    return succeeded.count() + errorCount();
  }

  /** Returns the number of requests that failed. */
  public long errorCount() {
    return Outcomes.failures(failed);
  }

  /** Returns the number of failures by type. */
  public Map<String, Long> errorTypes() {
    return Outcomes.counts(failed);
  }

  /** Returns whether nothing was recorded. */
  boolean isIdle() {
    return requestCount() == 0;
  }

  SeriesKey key() {
    return new SeriesKey(side, method, tool, experiment);
  }

  McpSnapshot plus(McpSnapshot other) {
    return new McpSnapshot(
        side,
        method,
        tool,
        experiment,
        succeeded.plus(other.succeeded),
        Outcomes.plus(failed, other.failed),
        Exemplar.younger(exemplar, other.exemplar));
  }

  McpSnapshot minus(McpSnapshot earlier) {
    return new McpSnapshot(
        side,
        method,
        tool,
        experiment,
        succeeded.minus(earlier.succeeded),
        Outcomes.minus(failed, earlier.failed),
        Exemplar.since(exemplar, earlier.exemplar));
  }
}
