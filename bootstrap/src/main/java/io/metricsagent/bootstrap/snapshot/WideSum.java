package io.metricsagent.bootstrap.snapshot;

/**
 * An exact sum of nanoseconds: a signed number of 128 bits, because 107,000 messages that each
 * waited for a day exceed 2^63 nanoseconds. Its value is {@code high * 2^64 + low}, with an
 * unsigned low half.
 *
 * @param high the high half
 * @param low the low half
 */
record WideSum(long high, long low) {
  static final WideSum ZERO = new WideSum(0, 0);

  private static final double TWO_TO_64 = 0x1p64;

  WideSum plus(WideSum other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new WideSum(high + other.high + carry, sum);
  }

  WideSum minus(WideSum other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new WideSum(high - other.high - borrow, low - other.low);
  }

  private boolean fitsLong() {
    return high == low >> 63;
  }

  /** Returns the sum in nanoseconds, or the nearest number that a {@code long} holds. */
  long nanos() {
    if (fitsLong()) {
      return low;
    }
    return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** Returns the sum in milliseconds. */
  double millis() {
    double nanos = low;
    if (!fitsLong()) {
      double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
      nanos = high * TWO_TO_64 + unsignedLow;
    }
    return nanos / HistogramLayout.NANOS_PER_MILLI;
  }

  /** Returns the sum in whole milliseconds; exact up to 2^63 / 10^6, rounded to 53 bits above. */
  long wholeMillis() {
    return fitsLong() ? low / HistogramLayout.NANOS_PER_MILLI : (long) millis();
  }
}
