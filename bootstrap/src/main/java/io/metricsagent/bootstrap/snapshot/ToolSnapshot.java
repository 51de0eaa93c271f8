package io.metricsagent.bootstrap.snapshot;

import java.util.Map;
import java.util.TreeMap;

/**
 * One tool series: what was recorded for (tool, experiment).
 *
 * @param toolName the tool's name
 * @param experiment tag for A/B comparison, or {@code null}
 * @param succeeded latency of the calls that succeeded
 * @param failed latency of the calls that failed, by error code; {@link #NO_CODE} where a failure
 *     came without one
 * @param exemplar one of the calls and its trace, or {@code null}
 */
public record ToolSnapshot(
    String toolName,
    String experiment,
    HistogramSnapshot succeeded,
    Map<String, HistogramSnapshot> failed,
    Exemplar exemplar) {
  /** OpenTelemetry's {@code error.type} of an error that says nothing of its type. */
  public static final String NO_CODE = "_OTHER";

  /** Copies {@code failed}. */
  public ToolSnapshot {
    failed = Outcomes.sorted(failed);
  }

  /** Returns the latency of all calls, failed ones included. */
  public HistogramSnapshot latency() {
    return Outcomes.total(succeeded, failed);
  }

  /** Returns the number of calls: successes and failures. */
  public long callCount() {
    return successCount() + failureCount();
  }

  /** Returns the number of calls that succeeded. */
  public long successCount() {
    return succeeded.count();
  }

  /** Returns the number of calls that failed. */
  public long failureCount() {
    return Outcomes.failures(failed);
  }

  /** Returns failures / calls, or {@code null} when there was no call. */
  public Double failureRate() {
    long calls = callCount();
    return calls == 0 ? null : failureCount() / (double) calls;
  }

  /**
   * Returns the number of failures by code; failures without a code are left out, and so are those
   * whose code is past the number of codes that are kept apart.
   */
  public Map<String, Long> errorCodes() {
    Map<String, Long> codes = new TreeMap<>(Outcomes.counts(failed));
    codes.remove(NO_CODE);
    return codes;
  }

  /** Returns whether nothing was recorded. */
  boolean isIdle() {
    return callCount() == 0;
  }

  SeriesKey key() {
    return new SeriesKey(toolName, experiment, null, null);
  }

  ToolSnapshot plus(ToolSnapshot other) {
    return new ToolSnapshot(
        toolName,
        experiment,
        succeeded.plus(other.succeeded),
        Outcomes.plus(failed, other.failed),
        Exemplar.younger(exemplar, other.exemplar));
  }

  ToolSnapshot minus(ToolSnapshot earlier) {
    return new ToolSnapshot(
        toolName,
        experiment,
        succeeded.minus(earlier.succeeded),
        Outcomes.minus(failed, earlier.failed),
        Exemplar.since(exemplar, earlier.exemplar));
  }
}
