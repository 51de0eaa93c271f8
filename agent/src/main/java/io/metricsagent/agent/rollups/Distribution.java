package io.metricsagent.agent.rollups;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The values of one quantity as sums that can be added: how many, their sum, the sum of their
 * squares, and a histogram whose buckets have a count and a sum each. All sums are whole numbers of
 * any size, so the order of additions does not matter. Not thread-safe.
 *
 * <p>A percentile is the mean of the bucket that contains its rank. It is exact where all values of
 * the bucket are equal, and else off by less than the bucket's width, at most 12.5 %.
 */
public final class Distribution {
  /** The count and the sum of the values in one bucket. */
  record Bucket(long count, BigInteger sum) {
    Bucket plus(Bucket other) {
      return new Bucket(Math.addExact(count, other.count), sum.add(other.sum));
    }
  }

  private final long scale;
  private final TreeMap<Integer, Bucket> buckets = new TreeMap<>();
  private long count;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;

  Distribution(Quantity quantity) {
    scale = quantity.scale();
  }

  /**
   * Adds a value.
   *
   * @param value in the quantity's unit, not negative
   */
  public void add(long value) {
    if (value < 0) {
      throw new IllegalArgumentException(value + " is negative");
    }
    BigInteger exact = BigInteger.valueOf(value);
    count = Math.addExact(count, 1);
    sum = sum.add(exact);
    squares = squares.add(exact.multiply(exact));
    buckets.merge(bucket(value), new Bucket(1, exact), Bucket::plus);
  }

  private int bucket(long value) {
    return HistogramLayout.index(value > Long.MAX_VALUE / scale ? Long.MAX_VALUE : value * scale);
  }

  /** Adds the values of another distribution of the same quantity. */
  public void addAll(Distribution other) {
    count = Math.addExact(count, other.count);
    sum = sum.add(other.sum);
    squares = squares.add(other.squares);
    other.buckets.forEach((index, bucket) -> buckets.merge(index, bucket, Bucket::plus));
  }

  /** Adds the squares of values whose buckets are added by {@link #addBucket}. */
  void addSquares(BigInteger added) {
    squares = squares.add(added);
  }

  /** Adds the values of one bucket, but not their squares. */
  void addBucket(int index, Bucket bucket) {
    buckets.merge(index, bucket, Bucket::plus);
    count = Math.addExact(count, bucket.count);
    sum = sum.add(bucket.sum);
  }

  /** Returns the number of values. */
  public long count() {
    return count;
  }

  BigInteger sum() {
    return sum;
  }

  BigInteger squares() {
    return squares;
  }

  /** Returns the buckets that have values, by their number in the layout. */
  Map<Integer, Bucket> buckets() {
    return buckets;
  }

  /**
   * Returns the mean, or {@code null} if there is no value.
   *
   * @param unit how many units of the quantity make 1 of the result's
   */
  public Double mean(long unit) {
    return count == 0 ? null : quotient(sum, BigInteger.valueOf(count), unit);
  }

  /**
   * Returns the value at a rank, or {@code null} if there is no value.
   *
   * @param part more than 0 and at most 1, such as 0.95; the rank is its part of the count, rounded
   *     up
   * @param unit how many units of the quantity make 1 of the result's
   */
  public Double percentile(double part, long unit) {
    long rank = Math.max(1, (long) Math.ceil(part * count));
    long below = 0;
    for (Bucket bucket : buckets.values()) {
      below += bucket.count;
      if (below >= rank) {
        return quotient(bucket.sum, BigInteger.valueOf(bucket.count), unit);
      }
    }
    return null;
  }

  /**
   * Returns the standard deviation of all values, divided by their mean, or {@code null} if there
   * is no value or the mean is 0. Only the last step rounds: n·Σx² − (Σx)² is a whole number.
   */
  public Double coefficientOfVariation() {
    if (sum.signum() == 0) {
      return null;
    }
    BigInteger variance = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
    BigDecimal ratio =
        new BigDecimal(variance).divide(new BigDecimal(sum.multiply(sum)), MathContext.DECIMAL128);
    return Math.sqrt(Math.max(0, ratio.doubleValue()));
  }

  private static double quotient(BigInteger dividend, BigInteger divisor, long unit) {
    return new BigDecimal(dividend)
        .divide(new BigDecimal(divisor.multiply(BigInteger.valueOf(unit))), MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Distribution that
        && scale == that.scale
        && count == that.count
        && sum.equals(that.sum)
        && squares.equals(that.squares)
        && buckets.equals(that.buckets);
  }

  @Override
  public int hashCode() {
    return Objects.hash(count, sum, squares);
  }

  @Override
  public String toString() {
    return count + " values, sum " + sum;
  }
}
