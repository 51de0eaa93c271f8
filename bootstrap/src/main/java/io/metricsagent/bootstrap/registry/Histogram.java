package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * A latency distribution in the layout of {@link HistogramLayout}, as small as the octaves in use.
 * Not thread-safe: it belongs to whoever has claimed its {@link Cells}.
 *
 * <p>A bucket has 16 bits, and 32 more in a second array once it counted 32,768 values, so a
 * histogram of latencies within six decades takes 400 bytes, and counts are exact up to 2^47 (16
 * days of one value each 10 ns). Both arrays hold a range of neighbouring buckets and begin with
 * the number of their first one, so that a reader without a claim has both from one reference.
 *
 * <p>The sum has 95 bits: 2^63 nanoseconds are only 107,000 messages that waited for a day.
 *
 * <p><b>A carry counts how often the highest bit below it has changed</b>, so its lowest bit equals
 * that bit, except between the two writes. A reader without a claim can therefore tell a count
 * whose carry is still to come, and adds it: a count that was read never goes back, and none is
 * read twice.
 *
 * <p>Values are nanoseconds, of which one alone may be up to 2^63 - 1 (292 years). Other units
 * scale so that one of them is a millisecond: {@link #recordUnits}.
 */
class Histogram {
  private static final char[] NO_COUNTS = {0};

  /** Places in {@code carries}: of the sum, and of the first bucket. */
  private static final int SUM_CARRY = 1;

  private static final int CARRIES = 2;

  /** A count has a carry each time that these bits, all but its highest, are 0 again. */
  private static final int BELOW_HIGHEST_BIT = (1 << (Character.SIZE - 1)) - 1;

  /** Carries change once in 32,768 values, a copy takes as long as 100. */
  private static final int MAX_COPIES = 100;

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
   * The first bucket with a carry, how often the highest bit of {@code sumLow} has changed, and how
   * often that of each count from that bucket on.
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
    if ((before ^ after) < 0) {
      carrySum();
    }
    if (value > max) {
      max = value;
    }
    if (value < min) {
      min = value;
    }
    if ((++current[i] & BELOW_HIGHEST_BIT) == 0) {
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

  private void carry(int bucket) {
    VarHandle.releaseFence(); // the count before its carry, for a reader without a claim
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
    VarHandle.releaseFence(); // the carry before the next change of its count
  }

  private void carrySum() {
    VarHandle.releaseFence();
    int[] own = carries.clone(); // those of an empty histogram are shared
    own[SUM_CARRY]++;
    VarHandle.releaseFence();
    carries = own;
  }

  /**
   * Becomes a copy of {@code other}; not fit for recording. Without a claim a writer may be at
   * work: counts are copied until no carry has changed meanwhile.
   */
  final void copyFrom(Histogram other) {
    int[] before = other.copyOfCarries();
    for (int i = 1; ; i++) {
      VarHandle.acquireFence();
      sumLow = other.sumLow;
      max = other.max;
      min = other.min;
      counts = other.counts.clone();
      VarHandle.acquireFence();
      int[] after = other.copyOfCarries();
      if (Arrays.equals(before, after) || i == MAX_COPIES) {
        carries = before;
        return;
      }
      before = after;
    }
  }

  /** For tests, which record in between. */
  int[] copyOfCarries() {
    return carries.clone();
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
      sumHigh += part.sumHigh() + (Long.compareUnsigned(sumLow, part.sumLow) < 0 ? 1 : 0);
      max = Math.max(max, part.max);
      min = Math.min(min, part.min);
    }
    return HistogramSnapshot.of(counts, sumHigh, sumLow, min, max);
  }

  private void addTo(long[] all) {
    int offset = counts[0] - carries[0] + CARRIES - 1;
    for (int i = 1; i < counts.length; i++) {
      int carry = i + offset;
      boolean none = carry < CARRIES || carry >= carries.length;
      long high = timesPast(none ? 0 : carries[carry], counts[i] > BELOW_HIGHEST_BIT);
      all[counts[0] + i - 1] += (high << Character.SIZE) + counts[i];
    }
  }

  private long sumHigh() {
    return timesPast(carries[SUM_CARRY], sumLow < 0);
  }

  /**
   * Returns how often a number went past its highest bit and began at 0 again.
   *
   * @param carry how often that bit has changed; one more if it is not as the carry says
   */
  private static long timesPast(int carry, boolean highestBit) {
    long changes = Integer.toUnsignedLong(carry);
    return ((changes & 1) == 1) == highestBit ? changes >>> 1 : (changes + 1) >>> 1;
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
