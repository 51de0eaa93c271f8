package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.McpMeasures;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;

/**
 * Live metrics of one series of the Model Context Protocol: (side, method, tool, experiment).
 * Recording is lock-free and allocates nothing once the series has seen its octaves and error
 * types.
 */
public final class McpMetrics extends CallSeries {
  private static final int SUCCEEDED = 0;
  private static final int FAILED = 1;

  private final String side;

  McpMetrics(String side, String method, String tool, String experiment) {
    super(method, tool, experiment, null);
    this.side = side;
  }

  /**
   * Records one request.
   *
   * @param nanos how long it took, in nanoseconds
   * @param errorType {@code null} for success
   */
  public void record(long nanos, String errorType) {
    record(outcome(errorType, SUCCEEDED, FAILED), nanos);
  }

  @Override
  Cells newCells(boolean padded) {
    return padded ? new Cells.Padded(FAILED, 0) : new Cells(FAILED, 0);
  }

  @Override
  SeriesSnapshot snapshot(Reading reading) {
    Kind kind = kind();
    return SeriesSnapshot.of(kind, side, first(), second(), third())
        .outcomes(kind.outcomes(), outcomes(reading, SUCCEEDED, HistogramSnapshot.EMPTY, FAILED))
        .build();
  }

  private Kind kind() {
    boolean sessions = first() == null;
    if (side.equals(McpSnapshot.CLIENT)) {
      return sessions ? McpMeasures.CLIENT_SESSION : McpMeasures.CLIENT;
    }
    return sessions ? McpMeasures.SERVER_SESSION : McpMeasures.SERVER;
  }
}
