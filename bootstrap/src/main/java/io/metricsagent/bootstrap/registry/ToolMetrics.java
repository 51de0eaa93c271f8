package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.measures.ToolMeasures;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;

/**
 * Live metrics of one tool series: (tool, experiment). Recording is lock-free and allocates nothing
 * once the series has seen its octaves and error codes.
 */
public final class ToolMetrics extends CallSeries {
  private static final int SUCCEEDED = 0;
  private static final int FAILED = 1;

  ToolMetrics(String tool, String experiment) {
    super(tool, experiment, null, null);
  }

  /** Returns whether this is the series of {@code tool}, under whatever experiment. */
  public boolean isOf(String tool) {
    return begins(tool);
  }

  /** Returns whether this is the series of these two names. */
  public boolean isOf(String tool, String experiment) {
    return has(tool, experiment, null, null);
  }

  /** Records a call that succeeded, in nanoseconds. */
  public void recordSuccess(long nanos) {
    record(SUCCEEDED, nanos);
  }

  /**
   * Records a call that failed.
   *
   * @param errorCode {@code null} when the failure has no code
   */
  public void recordFailure(long nanos, String errorCode) {
    String code = errorCode == null ? Outcomes.NO_TYPE : errorCode;
    record(outcome(code, SUCCEEDED, FAILED), nanos);
  }

  @Override
  Cells newCells(boolean padded) {
    return padded ? new Cells.Padded(FAILED, 0) : new Cells(FAILED, 0);
  }

  @Override
  SeriesSnapshot snapshot(Reading reading) {
    return SeriesSnapshot.of(ToolMeasures.KIND, first(), second())
        .outcomes(
            ToolMeasures.LATENCY, outcomes(reading, SUCCEEDED, HistogramSnapshot.EMPTY, FAILED))
        .build();
  }
}
