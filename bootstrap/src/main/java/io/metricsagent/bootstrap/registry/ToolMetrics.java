package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.ToolSnapshot;

/**
 * Live metrics of one tool series: (tool, experiment). Recording is lock-free and allocates nothing
 * once the series has seen its octaves and error codes.
 */
public final class ToolMetrics extends LiveSeries<ToolSnapshot> {
  private final CallOutcomes outcomes = new CallOutcomes();

  ToolMetrics(String tool, String experiment) {
    super(tool, experiment, null, null);
  }

  /** Records a call that succeeded, in nanoseconds. */
  public void recordSuccess(long nanos) {
    record(null, nanos);
  }

  /**
   * Records a call that failed.
   *
   * @param errorCode {@code null} when the failure says nothing of its kind
   */
  public void recordFailure(long nanos, String errorCode) {
    record(errorCode == null ? ToolSnapshot.NO_CODE : errorCode, nanos);
  }

  private void record(String errorCode, long nanos) {
    begin(1);
    outcomes.record(errorCode, nanos);
  }

  @Override
  long finished() {
    return outcomes.total();
  }

  @Override
  ToolSnapshot read() {
    return new ToolSnapshot(first(), second(), outcomes.readSucceeded(), outcomes.readFailed());
  }

  @Override
  void clear() {
    outcomes.clearExtremes();
  }
}
