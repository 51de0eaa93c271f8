package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.McpSnapshot;

/**
 * Live metrics of one series of the Model Context Protocol: (side, method, tool, experiment).
 * Recording is lock-free and allocates nothing once the series has seen its octaves and error
 * types.
 */
public final class McpMetrics extends CallSeries<McpSnapshot> {
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
  McpSnapshot snapshot(Reading reading) {
    return new McpSnapshot(
        side,
        first(),
        second(),
        third(),
        reading.histogram(SUCCEEDED),
        readFailed(reading, FAILED),
        exemplar());
  }
}
