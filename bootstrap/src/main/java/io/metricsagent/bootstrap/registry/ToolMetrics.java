package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.ToolSnapshot;

/**
 * Live metrics of one tool series: (tool, experiment). Recording is lock-free; one call is one
 * step, so every reading of it is consistent.
 */
public final class ToolMetrics extends SeriesTable.Series {
  private final CallOutcomes outcomes = new CallOutcomes();

  ToolMetrics(String tool, String experiment) {
    super(tool, experiment, null, null);
  }

  /** Records a call that succeeded, in nanoseconds. */
  public void recordSuccess(long nanos) {
    outcomes.record(null, nanos);
  }

  /**
   * Records a call that failed.
   *
   * @param errorCode {@code null} when the failure says nothing of its kind
   */
  public void recordFailure(long nanos, String errorCode) {
    outcomes.record(errorCode == null ? ToolSnapshot.NO_CODE : errorCode, nanos);
  }

  ToolSnapshot read() {
    return new ToolSnapshot(first(), second(), outcomes.readSucceeded(), outcomes.readFailed());
  }

  void clearExtremes() {
    outcomes.clearExtremes();
  }
}
