package io.metricsagent.bootstrap.snapshot;

/**
 * The fixed log-linear bucket layout that every histogram shares.
 *
 * <p>A value of {@code v} nanoseconds is first mapped to {@code q = ceil(v * 1024 / 10^6) - 1},
 * that is, to units of 1/1024 millisecond. Below 8 units a bucket is one unit wide; above, each
 * octave {@code [2^k, 2^(k+1))} is cut into 8 equal sub-buckets, as HdrHistogram does (with one
 * significant digit it has 16 sub-buckets per octave, so every bucket here is the union of two
 * neighbours there).
 *
 * <p>Why {@code ceil - 1}: buckets include their upper edge, {@code (lower, upper]}. Since an
 * octave starts on a power of two milliseconds exactly when its {@code q} is a power of two times
 * 1024, the 18 buckets of the metrics specification (upper edges 1, 2, 4 … 65536 ms and infinity)
 * are exact sums of neighbouring buckets, with no value on the wrong side of an edge. Other edges
 * fall on fractions of a nanosecond.
 *
 * <p>Relative bucket width: at most 1/8 = 12.5 % from 1/128 ms on. Values above {@code 2^26} ms
 * (18.6 h) share the last bucket with those just below; sums and extremes stay exact. Stateless and
 * thread-safe.
 */
public final class HistogramLayout {
  /** Nanoseconds in one millisecond. */
  public static final long NANOS_PER_MILLI = 1_000_000L;

  /** Sub-buckets of one octave. */
  public static final int SUB_BUCKETS = 8;

  private static final int SUB_BUCKET_BITS = 3;

  /** {@code 1024 / 10^6} in lowest terms is {@code 16 / 15625}. */
  private static final long UNITS_NUMERATOR = 16;

  private static final long UNITS_DENOMINATOR = 15_625;

  /** One above the highest unit: {@code 2^26 ms * 1024}. */
  private static final long UNIT_LIMIT = 1L << 36;

  private static final long NANOS_LIMIT = (1L << 26) * NANOS_PER_MILLI;

  /**
   * Number of pages of {@value #SUB_BUCKETS} buckets: one linear page, and one for each octave from
   * 2^3 to 2^35 units.
   */
  public static final int PAGES = 34;

  /** Number of buckets. */
  public static final int BUCKETS = PAGES * SUB_BUCKETS;

  /** Number of buckets of the metrics specification. */
  public static final int SPEC_BUCKETS = 18;

  private HistogramLayout() {}

  /**
   * Returns the bucket of a value.
   *
   * @param nanos the value in nanoseconds; zero and negative values belong to the first bucket
   */
  public static int index(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    if (nanos > NANOS_LIMIT) {
      return BUCKETS - 1;
    }
    long units = (nanos * UNITS_NUMERATOR - 1) / UNITS_DENOMINATOR; // ceil - 1, for nanos > 0
    if (units < SUB_BUCKETS) {
      return (int) units;
    }
    int shift = (63 - SUB_BUCKET_BITS) - Long.numberOfLeadingZeros(units);
    return (shift << SUB_BUCKET_BITS) + (int) (units >>> shift);
  }

  /** Returns the exclusive lower edge of a bucket in units of 1/1024 ms. */
  public static long lowerUnits(int index) {
    if (index < 2 * SUB_BUCKETS) {
      return index;
    }
    int shift = (index >>> SUB_BUCKET_BITS) - 1;
    return (long) (SUB_BUCKETS + (index & (SUB_BUCKETS - 1))) << shift;
  }

  /**
   * Returns the inclusive upper edge of a bucket in units of 1/1024 ms. For the last bucket, which
   * has no upper edge, its nominal edge is returned.
   */
  public static long upperUnits(int index) {
    return index == BUCKETS - 1 ? UNIT_LIMIT : lowerUnits(index + 1);
  }

  /** Returns the exclusive lower edge of a bucket in nanoseconds. */
  public static double lowerNanos(int index) {
    return lowerUnits(index) * (double) UNITS_DENOMINATOR / UNITS_NUMERATOR;
  }

  /** Returns the inclusive upper edge of a bucket in nanoseconds. */
  public static double upperNanos(int index) {
    return upperUnits(index) * (double) UNITS_DENOMINATOR / UNITS_NUMERATOR;
  }

  /**
   * Returns which of the 18 buckets of the specification (0 … 17) contains a bucket of this layout.
   */
  public static int specBucket(int index) {
    long upper = upperUnits(index);
    if (upper <= 1024) {
      return 0;
    }
    int exponent = 64 - Long.numberOfLeadingZeros(upper - 1) - 10;
    return Math.min(exponent, SPEC_BUCKETS - 1);
  }

  /**
   * Returns the inclusive upper edge in milliseconds of one of the first 17 buckets of the
   * specification.
   */
  public static long specEdgeMillis(int specBucket) {
    return 1L << specBucket;
  }
}
