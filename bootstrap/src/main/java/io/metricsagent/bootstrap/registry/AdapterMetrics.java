package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Map;

/**
 * Live metrics of one adapter series: (adapter, model, operation, experiment).
 *
 * <p>{@link #record} is lock-free and allocates nothing once the series has seen its octaves and
 * error types.
 */
public final class AdapterMetrics extends CallSeries<AdapterSnapshot> {
  /** A duration or a number of tokens that is not known. */
  public static final long UNKNOWN = -1;

  private static final int SUCCEEDED = 0;
  private static final int RENDER = 1;
  private static final int CALL = 2;
  private static final int PARSE = 3;
  private static final int TOOL = 4;
  private static final int FIRST_TOKEN = 5;
  private static final int INPUT = 6;
  private static final int OUTPUT = 7;
  private static final int CANCELLED = 8;
  private static final int INTER_CHUNK = 9;
  private static final int FAILED = 10;

  private static final int CACHED = 0;
  private static final int TALLIES = 1;

  private final Counter throttles = new Counter();

  /** What the first request took, of two that end at once either; 0 before there is one. */
  private volatile long firstNanos;

  AdapterMetrics(String adapter, String model, String operation, String experiment) {
    super(adapter, model, operation, experiment);
  }

  /**
   * Counts one answer that said "too many requests", at the moment it came, whatever becomes of the
   * call.
   */
  public void recordThrottle() {
    throttles.inc();
  }

  /**
   * Records one request. Times are nanoseconds; {@link #UNKNOWN} leaves a field out.
   *
   * @param totalNanos the whole request; always known
   * @param errorType {@code null} for success, {@link AdapterSnapshot#CANCELLED} for a request that
   *     the application gave up
   */
  public void record(
      long renderNanos,
      long callNanos,
      long parseNanos,
      long toolNanos,
      long firstTokenNanos,
      long totalNanos,
      long input,
      long output,
      long cached,
      String errorType) {
    int outcome =
        AdapterSnapshot.CANCELLED.equals(errorType)
            ? CANCELLED
            : outcome(errorType, SUCCEEDED, FAILED);
    Cells cells = claim();
    try {
      cells.recordKnown(RENDER, renderNanos);
      cells.recordKnown(CALL, callNanos);
      cells.recordKnown(PARSE, parseNanos);
      cells.recordKnown(TOOL, toolNanos);
      cells.recordKnown(FIRST_TOKEN, firstTokenNanos);
      cells.recordKnownUnits(INPUT, input);
      cells.recordKnownUnits(OUTPUT, output);
      if (cached > 0) {
        cells.add(CACHED, cached);
      }
      cells.record(outcome, totalNanos);
    } finally {
      cells.release();
    }
    if (firstNanos == 0) {
      firstNanos = Math.max(1, totalNanos);
    }
  }

  /**
   * Records the time that tools took which a request of this series had asked for. It comes after
   * the request and is no part of its total.
   */
  public void recordTools(long nanos) {
    Cells cells = claim();
    try {
      cells.recordKnown(TOOL, nanos);
    } finally {
      cells.release();
    }
  }

  /**
   * Records the time from one piece of a streamed answer to the next, in nanoseconds, while the
   * request is still under way.
   */
  public void recordInterChunk(long nanos) {
    record(INTER_CHUNK, nanos);
  }

  @Override
  Cells newCells(boolean padded) {
    return padded ? new Cells.Padded(FAILED, TALLIES) : new Cells(FAILED, TALLIES);
  }

  @Override
  AdapterSnapshot snapshot(Reading reading) {
    Map<String, HistogramSnapshot> failed = readFailed(reading, FAILED);
    failed.put(AdapterSnapshot.CANCELLED, reading.histogram(CANCELLED));
    return new AdapterSnapshot(
        first(),
        second(),
        third(),
        fourth(),
        reading.histogram(RENDER),
        reading.histogram(CALL),
        reading.histogram(PARSE),
        reading.histogram(TOOL),
        reading.histogram(SUCCEEDED),
        failed,
        reading.histogram(FIRST_TOKEN),
        reading.histogram(INTER_CHUNK),
        reading.histogram(INPUT),
        reading.histogram(OUTPUT),
        reading.tally(CACHED),
        throttles.value(),
        firstNanos,
        exemplar());
  }
}
