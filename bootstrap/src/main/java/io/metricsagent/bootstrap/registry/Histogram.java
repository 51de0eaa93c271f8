package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * A latency distribution in the layout of {@link HistogramLayout}, with memory for the octaves in
 * use only. Not thread-safe: it belongs to the thread that has claimed its {@link Cells}.
 *
 * <p>The count of a bucket has 16 bits, and 32 more in a second array once it reaches 32,768, so it
 * is exact up to 2^47 (16 days of one value each 10 ns). Each array covers a range of neighbouring
 * buckets and begins with the number of the first one, so that a reader without a claim gets that
 * number and the counts from one reference.
 *
 * <p>The sum has 95 bits, because 107,000 messages that each waited for a day exceed 2^63
 * nanoseconds.
 *
 * <p><b>A carry counts how often the highest bit of its number has changed</b>, so the carry's
 * lowest bit equals that bit, except between the writes of the two. A reader without a claim can
 * therefore see that a carry has not been written yet, and adds it: counts that are read never
 * decrease, and no value is read twice.
 *
 * <p>Values are nanoseconds, each up to 2^63 - 1 (292 years). One of another unit is stored as one
 * millisecond: {@link #recordUnits}.
 */
class Histogram {
  private static final char[] NO_COUNTS = {0};

  /** Indexes in {@code carries}: of the sum's carry, and of the first bucket's carry. */
  private static final int SUM_CARRY = 1;

  private static final int CARRIES = 2;

  /**
   * All bits of a count but the highest. The highest has changed when an increment leaves these at
   * 0.
   */
  private static final int BELOW_HIGHEST_BIT = (1 << (Character.SIZE - 1)) - 1;

  /**
   * Enough attempts: carries change once in 32,768 values, and a copy takes far less time than
   * that.
   */
  private static final int MAX_COPIES = 100;

  private static final int[] NO_CARRIES = new int[CARRIES];

  /** The unsigned low half of the sum. */
  private long sumLow;

  private long max = Long.MIN_VALUE;
  private long min = Long.MAX_VALUE;

  /** The number in {@code counts[0]} again, which saves a writer a read from the array. */
  private int first;

  /** The number of the first bucket, then the low 16 bits of the counts from that bucket on. */
  private char[] counts = NO_COUNTS;

  /**
   * The number of the first bucket with a carry, the carry of {@code sumLow}, then the carries of
   * the counts from that bucket on.
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
   * Records one value several times.
   *
   * @param nanos as for {@link #record(long)}
   * @param times 0 or less records nothing
   */
  final void record(long nanos, int times) {
    long value = Math.max(0, nanos);
    int left = times;
    while (left > 0) {
      int now = Math.min(left, BELOW_HIGHEST_BIT); // so the highest bit changes once at most
      long added = value * now;
      if (Math.multiplyHigh(value, now) != 0 || added < 0) {
        record(value); // the sum's highest bit could change more than once
        left--;
      } else {
        add(value, now, added);
        left -= now;
      }
    }
  }

  /** Records one value, and then what is left of it: the sum before the count, as always. */
  private void add(long value, int times, long sum) {
    record(value);
    long low = sumLow;
    sumLow = low + sum - value;
    if ((low ^ sumLow) < 0) {
      carrySum();
    }
    int bucket = HistogramLayout.index(value);
    char before = counts[bucket - first + 1];
    char after = (char) (before + times - 1);
    counts[bucket - first + 1] = after;
    if ((before ^ after) > BELOW_HIGHEST_BIT) {
      carry(bucket);
    }
  }

  /**
   * Records a number of whole units, such as tokens, each stored as one millisecond.
   *
   * @param units a negative number counts as 0; the largest number is 9.2 * 10^12
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

  /** How many buckets to allocate after those in use. */
  int spareBuckets() {
    return 0;
  }

  private void carry(int bucket) {
    VarHandle.releaseFence(); // a reader without a claim must see the count before its carry
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
    VarHandle.releaseFence(); // and the carry before the next change of its count
  }

  private void carrySum() {
    VarHandle.releaseFence();
    int[] own = carries.clone(); // empty histograms share one array
    own[SUM_CARRY]++;
    VarHandle.releaseFence();
    carries = own;
  }

  /**
   * Becomes a copy of {@code other}, to read from only. If the caller has no claim, a writer may
   * change {@code other} meanwhile, so the counts are copied again until no carry changes during
   * the copy.
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

  /** A method of its own so that a test can record before it. */
  int[] copyOfCarries() {
    return carries.clone();
  }

  /** Clears minimum and maximum, so that they describe only the values recorded from now on. */
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
   * Returns how often a number has overflowed.
   *
   * @param carry how often the number's highest bit has changed; its last change may be missing,
   *     which shows where the carry's lowest bit differs from {@code highestBit}
   */
  private static long timesPast(int carry, boolean highestBit) {
    long changes = Integer.toUnsignedLong(carry);
    return ((changes & 1) == 1) == highestBit ? changes >>> 1 : (changes + 1) >>> 1;
  }

  /**
   * A histogram of a series that threads compete for. Padding separates its fields from the next
   * object on the heap by a pair of cache lines. The class has many fields because they are that
   * padding.
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
