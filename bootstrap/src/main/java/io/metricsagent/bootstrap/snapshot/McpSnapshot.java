package io.metricsagent.bootstrap.snapshot;

import java.util.Map;

/**
 * One series of the Model Context Protocol by the names of its figures: what was recorded for
 * (side, method, tool, experiment).
 *
 * @param series a series of a kind of {@link io.metricsagent.bootstrap.measures.McpMeasures}
 */
public record McpSnapshot(SeriesSnapshot series) {
  /** The side that sends a request. */
  public static final String CLIENT = "client";

  /** The side that receives a request. */
  public static final String SERVER = "server";

  /** The name for all methods that the protocol does not define. */
  public static final String OTHER_METHOD = "_OTHER";

  /**
   * Returns {@link #CLIENT} where requests were sent, {@link #SERVER} where they were received;
   * either party of the protocol does both.
   */
  public String side() {
    return series.label(0);
  }

  /**
   * Returns {@code mcp.method.name}, such as {@code tools/call}, or {@link #OTHER_METHOD}; {@code
   * null} in the series of sessions, where everything that is said of requests here is said of
   * sessions.
   */
  public String method() {
    return series.label(1);
  }

  /** Returns {@code gen_ai.tool.name} of {@code tools/call}, else {@code null}. */
  public String tool() {
    return series.label(2);
  }

  /** Returns the tag for A/B comparison, or {@code null}. */
  public String experiment() {
    return series.label(3);
  }

  /** Returns the requests by how they ended. */
  public Outcomes outcomes() {
    return series.calls();
  }

  /** Returns the duration of the requests that succeeded. */
  public HistogramSnapshot succeeded() {
    return outcomes().succeeded();
  }

  /** Returns the duration of the requests that failed, by {@code error.type}. */
  public Map<String, HistogramSnapshot> failed() {
    return outcomes().failed();
  }

  /** Returns the duration of all requests, failed ones included. */
  public HistogramSnapshot duration() {
    return outcomes().total();
  }

  /** Returns the number of requests, failed ones included. */
  public long requestCount() {
    return outcomes().calls();
  }

  /** Returns the number of requests that failed. */
  public long errorCount() {
    return outcomes().errors();
  }

  /** Returns the number of failures by type. */
  public Map<String, Long> errorTypes() {
    return outcomes().errorTypes();
  }

  /** Returns one of the requests, with its trace, or {@code null}. */
  public Exemplar exemplar() {
    return outcomes().exemplar();
  }
}
