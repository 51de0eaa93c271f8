package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.measures.AdapterMeasures;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Live metrics of one adapter series: (adapter, model, operation, experiment).
 *
 * <p>{@link #record} is lock-free and allocates nothing once the series has seen its octaves and
 * error types.
 */
public final class AdapterMetrics extends CallSeries {
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

  /** The value of {@link #underWay} while no request is; far from 0, which means unknown. */
  private static final int NONE = 1 << 30;

  private static final VarHandle UNDER_WAY;

  static {
    try {
      UNDER_WAY = MethodHandles.lookup().findVarHandle(AdapterMetrics.class, "underWay", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Counter throttles = new Counter();

  /**
   * {@link #NONE} and the number of requests under way, or 0 where no handler counts them. One
   * field rather than one for those that began and one for those that ended: a second one would
   * make each series 8 bytes larger. Changed through {@link #UNDER_WAY}.
   */
  private volatile int underWay;

  /**
   * The nanoseconds that the first request took, or 0 before one has ended. Of two requests that
   * end at the same time, either may be the first.
   */
  private volatile long firstNanos;

  AdapterMetrics(String adapter, String model, String operation, String experiment) {
    super(adapter, model, operation, experiment);
  }

  /** Returns whether this is the series of these three names, under whatever experiment. */
  public boolean isOf(String adapter, String model, String operation) {
    return begins(adapter, model, operation);
  }

  /** Returns whether this is the series of these four names. */
  public boolean isOf(String adapter, String model, String operation, String experiment) {
    return has(adapter, model, operation, experiment);
  }

  /**
   * Counts one "too many requests" answer when it arrives, whether the call succeeds later or not.
   */
  public void recordThrottle() {
    throttles.inc();
  }

  /**
   * Counts one more request as under way, until {@link #end}. Lock-free, allocates nothing. {@link
   * #record} does not call this method, because it also records requests whose beginning was not
   * seen.
   */
  public void begin() {
    if (underWay != 0 || !UNDER_WAY.compareAndSet(this, 0, NONE + 1)) {
      UNDER_WAY.getAndAdd(this, 1);
    }
  }

  /** Counts one request fewer as under way; called once for each {@link #begin}. */
  public void end() {
    UNDER_WAY.getAndAdd(this, -1);
  }

  /** Returns how many requests are under way; a reset does not change it. */
  private long active() {
    int read = underWay;
    return read == 0 ? SeriesSnapshot.UNKNOWN : Math.max(0, read - NONE);
  }

  /**
   * Records one request. Times are nanoseconds; {@link #UNKNOWN} leaves a field out.
   *
   * @param totalNanos the whole request; always known
   * @param errorType {@code null} for success, {@link Outcomes#CANCELLED} for a request that the
   *     application cancelled
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
        Outcomes.CANCELLED.equals(errorType) ? CANCELLED : outcome(errorType, SUCCEEDED, FAILED);
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
   * Records the time spent in the tools that a request of this series asked for. Tools run after
   * the request, so the total latency does not include them.
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
  SeriesSnapshot snapshot(Reading reading) {
    return SeriesSnapshot.of(AdapterMeasures.KIND, first(), second(), third(), fourth())
        .histogram(AdapterMeasures.RENDER_LATENCY, reading.histogram(RENDER))
        .histogram(AdapterMeasures.CALL_LATENCY, reading.histogram(CALL))
        .histogram(AdapterMeasures.PARSE_LATENCY, reading.histogram(PARSE))
        .histogram(AdapterMeasures.TOOL_LATENCY, reading.histogram(TOOL))
        .outcomes(
            AdapterMeasures.TOTAL_LATENCY,
            outcomes(reading, SUCCEEDED, reading.histogram(CANCELLED), FAILED))
        .histogram(AdapterMeasures.TIME_TO_FIRST_TOKEN, reading.histogram(FIRST_TOKEN))
        .histogram(AdapterMeasures.INTER_CHUNK_LATENCY, reading.histogram(INTER_CHUNK))
        .histogram(AdapterMeasures.INPUT_TOKENS, reading.histogram(INPUT))
        .histogram(AdapterMeasures.OUTPUT_TOKENS, reading.histogram(OUTPUT))
        .number(AdapterMeasures.CACHED_TOKENS, reading.tally(CACHED))
        .number(AdapterMeasures.THROTTLES, throttles.value())
        .number(AdapterMeasures.ACTIVE_REQUESTS, active())
        .number(AdapterMeasures.FIRST_CALL, firstNanos == 0 ? SeriesSnapshot.UNKNOWN : firstNanos)
        .build();
  }
}
