package io.metricsagent.bootstrap.measures;

/**
 * What the value of a measure is, how two values add up, and what a difference of two leaves. The
 * last ones are not stored: they follow from the calls or the units of the same series.
 */
public enum MeasureType {
  /** A histogram of times in nanoseconds. */
  LATENCY(Adding.BY_BUCKET, false),
  /** A histogram of whole units, such as tokens, of which some receivers are told the sum. */
  UNITS(Adding.BY_BUCKET, false),
  /** A histogram of times in nanoseconds for success and one for each type of error. */
  OUTCOMES(Adding.BY_BUCKET, false),
  /** Some counts that stand side by side. */
  DISTRIBUTION(Adding.SUM, false),
  /** A number that only grows. */
  COUNTER(Adding.SUM, true),
  /** The last value that was seen of something that workers share, or unknown. */
  GAUGE(Adding.LARGER, true),
  /** The same in milliseconds. */
  GAUGE_MILLIS(Adding.LARGER, true),
  /** How many of its own a worker has at the moment, or unknown. */
  LEVEL(Adding.SUM, true),
  /** A time in nanoseconds that is told once, in the snapshot in which it is first known. */
  FIRST_TIME(Adding.LARGER, true),

  /** The number of calls. */
  CALLS(Adding.SUM),
  /** The number of calls that succeeded. */
  SUCCESSES(Adding.SUM),
  /** The number of calls that failed. */
  ERRORS(Adding.SUM),
  /** The number of calls that were given up before their end, which are no errors. */
  CANCELLED(Adding.SUM),
  /** The number of calls that failed, by type. */
  ERROR_TYPES(Adding.SUM),
  /** The same without those that tell no type. */
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
    /** The value is made anew from other sums. */
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

  /** Returns whether a series holds the value, rather than making it from others. */
  public boolean isStored() {
    return stored;
  }

  /** Returns whether a series holds the value as one {@code long}. */
  public boolean isNumber() {
    return number;
  }

  /** Returns whether the value is a histogram of times, or several. */
  public boolean isTime() {
    return this == LATENCY || this == OUTCOMES;
  }

  /** Returns whether receivers that know counters are told the value as one. */
  public boolean isCounter() {
    return switch (this) {
      case UNITS, ALL_UNITS, COUNTER, CALLS, SUCCESSES, ERRORS, CANCELLED -> true;
      default -> false;
    };
  }
}
