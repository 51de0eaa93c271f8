package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * A latency distribution in the layout of {@link HistogramLayout}, as small as the octaves in use.
 * Not thread-safe: it belongs to whoever has claimed its {@link Cells}.
 *
 * <p>A bucket has 16 bits, and further 32 in a second array once it counted 65,536 values, so a
 * histogram of latencies within six decades takes 400 bytes, and counts are exact up to 2^48 (32
 * days of one value each 10 ns). Both arrays hold a range of neighbouring buckets and begin with
 * the number of their first one, so that a reader without a claim has both from one reference.
 *
 * <p>The sum has 96 bits: 2^63 nanoseconds are only 107,000 messages that waited for a day.
 *
 * <p>Values are nanoseconds, of which one alone may be up to 2^63 - 1 (292 years). Other units
 * scale so that one of them is a millisecond: {@link #recordUnits}.
 */
class Histogram {
  private static final char[] NO_COUNTS = {0};

  /** Places in {@code carries}: of the sum, and of the first bucket. */
  private static final int SUM_CARRY = 1;

  private static final int CARRIES = 2;
  private static final int[] NO_CARRIES = new int[CARRIES];

  /** The unsigned low half of the sum. */
  private long sumLow;

  private long max = Long.MIN_VALUE;
  private long min = Long.MAX_VALUE;

  /** The first bucket once more: from here a writer has it 2 ns earlier than from the array. */
  private int first;

  /** The first bucket, and the low 16 bits of the counts from that bucket on. */
  private char[] counts = NO_COUNTS;

  /**
   * The first bucket with a carry, how often {@code sumLow} went past 2^64, and how often each
   * count from that bucket on went past 2^16.
   */
  private int[] carries = NO_CARRIES;

  /**
   * Records one value.
   *
   * @param nanos the value in nanoseconds; a negative one (a clock that stepped back) counts as 0
   */
  final void record(long nanos) {
    long value = Math.max(0, nanos);
    int bucket = HistogramLayout.index(value);
    char[] current = counts;
    int i = bucket - first + 1;
    if (i < 1 || i >= current.length) {
      current = widenCounts(bucket);
      i = bucket - first + 1;
    }
    long before = sumLow;
    long after = before + value;
    sumLow = after;
    if (before < 0 && after >= 0) {
      carrySum();
    }
    if (value > max) {
      max = value;
    }
    if (value < min) {
      min = value;
    }
    if (++current[i] == 0) {
      carry(bucket);
    }
  }

  /**
   * Records a number of whole units, such as tokens, one of which takes the place of a millisecond.
   *
   * @param units a negative number counts as 0, and one above 9.2 * 10^12 as that
   */
  final void recordUnits(long units) {
    record(
        Math.min(Math.max(0, units), Long.MAX_VALUE / HistogramLayout.NANOS_PER_MILLI)
            * HistogramLayout.NANOS_PER_MILLI);
  }

  /** Makes room for the octave of a bucket. */
  private char[] widenCounts(int bucket) {
    char[] old = counts;
    int from = bucket & -HistogramLayout.SUB_BUCKETS;
    int end = from + HistogramLayout.SUB_BUCKETS;
    if (old.length > 1) {
      from = Math.min(from, old[0]);
      end = Math.max(end, old[0] + old.length - 1);
    }
    end = Math.min(HistogramLayout.BUCKETS, end + spareBuckets());
    char[] wider = new char[1 + end - from];
    wider[0] = (char) from;
    if (old.length > 1) {
      System.arraycopy(old, 1, wider, 1 + old[0] - from, old.length - 1);
    }
    VarHandle.releaseFence(); // for a reader without a claim
    first = from;
    counts = wider;
    return wider;
  }

  /** Buckets allocated behind those in use. */
  int spareBuckets() {
    return 0;
  }

  /** A reader without a claim may miss the 65,536 values for a moment, but sees none twice. */
  private void carry(int bucket) {
    int[] old = carries;
    boolean none = old.length == CARRIES;
    int from = none ? bucket : Math.min(bucket, old[0]);
    int end = none ? bucket + 1 : Math.max(bucket + 1, old[0] + old.length - CARRIES);
    if (CARRIES + end - from > old.length) {
      int[] wider = new int[CARRIES + end - from];
      wider[0] = from;
      wider[SUM_CARRY] = old[SUM_CARRY];
      System.arraycopy(
          old, CARRIES, wider, CARRIES + (none ? 0 : old[0] - from), old.length - CARRIES);
      VarHandle.releaseFence();
      carries = wider;
    }
    carries[CARRIES + bucket - from]++;
  }

  private void carrySum() {
    int[] own = carries.clone(); // those of an empty histogram are shared
    own[SUM_CARRY]++;
    VarHandle.releaseFence();
    carries = own;
  }

  /** Becomes a copy of {@code other}; not fit for recording. */
  final void copyFrom(Histogram other) {
    sumLow = other.sumLow;
    max = other.max;
    min = other.min;
    counts = other.counts.clone();
    carries = other.carries.clone();
  }

  /** Forgets minimum and maximum, so that they describe what comes after. */
  void clearExtremes() {
    max = Long.MIN_VALUE;
    min = Long.MAX_VALUE;
  }

  /** Returns the values of all {@code parts}. */
  static HistogramSnapshot sum(List<Histogram> parts) {
    if (parts.isEmpty()) {
      return HistogramSnapshot.EMPTY;
    }
    long[] counts = new long[HistogramLayout.BUCKETS];
    long sumLow = 0;
    long sumHigh = 0;
    long max = Long.MIN_VALUE;
    long min = Long.MAX_VALUE;
    for (Histogram part : parts) {
      part.addTo(counts);
      sumLow += part.sumLow;
      sumHigh += part.carries[SUM_CARRY] + (Long.compareUnsigned(sumLow, part.sumLow) < 0 ? 1 : 0);
      max = Math.max(max, part.max);
      min = Math.min(min, part.min);
    }
    return HistogramSnapshot.of(counts, sumHigh, sumLow, min, max);
  }

  private void addTo(long[] all) {
    for (int i = 1; i < counts.length; i++) {
      all[counts[0] + i - 1] += counts[i];
    }
    for (int i = CARRIES; i < carries.length; i++) {
      all[carries[0] + i - CARRIES] += Integer.toUnsignedLong(carries[i]) << Character.SIZE;
    }
  }

  /**
   * A histogram of a series that threads compete for: nothing that it changes shares a pair of
   * cache lines with what comes behind it on the heap.
   */
  @SuppressWarnings("unused")
  static final class Padded extends Histogram {
    private long p1, p2, p3, p4, p5, p6, p7, p8;
    private long q1, q2, q3, q4, q5, q6, q7, q8;

    @Override
    int spareBuckets() {
      return Cells.PADDING_BYTES / Character.BYTES;
    }
  }
}
