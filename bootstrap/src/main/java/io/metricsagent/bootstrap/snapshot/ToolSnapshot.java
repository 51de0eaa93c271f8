package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.ToolMeasures;
import java.util.Map;

/**
 * One tool series by the names of its figures: what was recorded for (tool, experiment).
 *
 * @param series a series of the kind {@link ToolMeasures#KIND}
 */
public record ToolSnapshot(SeriesSnapshot series) {
  /** The error code of a failure that came without one. */
  public static final String NO_CODE = Outcomes.NO_TYPE;

  /** Returns the tool's name. */
  public String toolName() {
    return series.label(0);
  }

  /** Returns the tag for A/B comparison, or {@code null}. */
  public String experiment() {
    return series.label(1);
  }

  /** Returns the calls by how they ended. */
  public Outcomes outcomes() {
    return series.outcomes(ToolMeasures.LATENCY);
  }

  /** Returns the latency of the calls that succeeded. */
  public HistogramSnapshot succeeded() {
    return outcomes().succeeded();
  }

  /** Returns the latency of the calls that failed, by error code, or {@link #NO_CODE}. */
  public Map<String, HistogramSnapshot> failed() {
    return outcomes().failed();
  }

  /** Returns the latency of all calls, failed ones included. */
  public HistogramSnapshot latency() {
    return outcomes().total();
  }

  /** Returns the number of calls: successes and failures. */
  public long callCount() {
    return series.number(ToolMeasures.CALL_COUNT);
  }

  /** Returns the number of calls that succeeded. */
  public long successCount() {
    return series.number(ToolMeasures.SUCCESS_COUNT);
  }

  /** Returns the number of calls that failed. */
  public long failureCount() {
    return series.number(ToolMeasures.FAILURE_COUNT);
  }

  /** Returns failures divided by calls, or {@code null} when there was no call. */
  public Double failureRate() {
    return outcomes().errorRate();
  }

  /**
   * Returns the number of failures by code; failures without a code are left out, and so are those
   * that are over the limit for codes.
   */
  public Map<String, Long> errorCodes() {
    return outcomes().errorCodes();
  }

  /** Returns one of the calls, with its trace, or {@code null}. */
  public Exemplar exemplar() {
    return outcomes().exemplar();
  }
}
