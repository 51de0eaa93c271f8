package io.metricsagent.bootstrap.measures;

/**
 * What the value of a measure is, how two values add up, and what their difference is. Those from
 * {@link #CALLS} on are not stored, but computed from the calls or the units of the same series.
 */
public enum MeasureType {
  /** A histogram of times in nanoseconds. */
  LATENCY(Adding.BY_BUCKET, false),
  /** A histogram of whole units, such as tokens; some receivers get only the sum. */
  UNITS(Adding.BY_BUCKET, false),
  /**
   * Histograms of times in nanoseconds: one for success, one for cancelled calls, one for each type
   * of error.
   */
  OUTCOMES(Adding.BY_BUCKET, false),
  /** Several counts, side by side. */
  DISTRIBUTION(Adding.SUM, false),
  /** A number that only grows. */
  COUNTER(Adding.SUM, true),
  /** The last known value of something that workers share, or unknown. */
  GAUGE(Adding.LARGER, true),
  /** A gauge in milliseconds. */
  GAUGE_MILLIS(Adding.LARGER, true),
  /** How many things of its own a worker has at the moment, or unknown. */
  LEVEL(Adding.SUM, true),
  /** A time in nanoseconds that is reported once, in the first snapshot after it is known. */
  FIRST_TIME(Adding.LARGER, true),

  /** The number of calls. */
  CALLS(Adding.SUM),
  /** The number of calls that succeeded. */
  SUCCESSES(Adding.SUM),
  /** The number of calls that failed. */
  ERRORS(Adding.SUM),
  /** The number of calls that were cancelled, not as errors. */
  CANCELLED(Adding.SUM),
  /** The number of calls that failed, by type. */
  ERROR_TYPES(Adding.SUM),
  /** The number of calls that failed, by type, without those that have no type. */
  ERROR_CODES(Adding.SUM),
  /** The share of calls that failed, from 0 to 1; unknown without a call. */
  ERROR_RATE(Adding.FROM_SUMS),
  /** The sum of all units of the series. */
  ALL_UNITS(Adding.SUM);

  /** How two values of one measure add up. */
  public enum Adding {
    /** They are added. */
    SUM,
    /** Histograms are added bucket by bucket. */
    BY_BUCKET,
    /** The larger one stays. */
    LARGER,
    /** The value is computed again from other sums. */
    FROM_SUMS
  }

  private final Adding adding;
  private final boolean stored;
  private final boolean number;

  MeasureType(Adding adding, boolean number) {
    this.adding = adding;
    this.stored = true;
    this.number = number;
  }

  MeasureType(Adding adding) {
    this.adding = adding;
    this.stored = false;
    this.number = false;
  }

  /** Returns how two values add up. */
  public Adding adding() {
    return adding;
  }

  /** Returns whether a series stores the value, rather than computing it from others. */
  public boolean isStored() {
    return stored;
  }

  /** Returns whether a series stores the value as one {@code long}. */
  public boolean isNumber() {
    return number;
  }

  /** Returns whether the value is a histogram of times, or several. */
  public boolean isTime() {
    return this == LATENCY || this == OUTCOMES;
  }

  /** Returns whether receivers that have counters get the value as a counter. */
  public boolean isCounter() {
    return switch (this) {
      case UNITS, ALL_UNITS, COUNTER, CALLS, SUCCESSES, ERRORS, CANCELLED -> true;
      default -> false;
    };
  }
}
