package io.metricsagent.agent.rollups.record;

import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.RollupKey;
import java.util.Arrays;

/**
 * The pieces of one streamed answer, counted about once a second. At its end the answer's tokens
 * are known, and then a piece counts as its part of them. Not thread-safe.
 */
final class RateSamples {
  /** An hour of one answer is more than enough. */
  static final int MAX_SAMPLES = 3600;

  /** Over shorter times, the pieces of one packet would look like a high rate. */
  static final long MIN_NANOS = 100_000_000;

  private static final double NANOS = 1e9;
  private static final int FEW = 8;

  /** Takes the samples. */
  interface Taker {
    /**
     * Takes a sample.
     *
     * @param hour since 1970
     * @param rate in millionths of a token a second, or of a piece if the tokens are not known
     */
    void sample(long hour, long rate);
  }

  private long[] hours = new long[FEW];
  private double[] rates = new double[FEW];
  private int size;

  /**
   * Adds a sample, unless its time is too short.
   *
   * @param pieces how many pieces arrived
   * @param nanos in which time
   */
  void add(long epochMillis, long pieces, long nanos) {
    if (nanos < MIN_NANOS || pieces < 0 || size == MAX_SAMPLES) {
      return;
    }
    if (size == hours.length) {
      hours = Arrays.copyOf(hours, 2 * size);
      rates = Arrays.copyOf(rates, 2 * size);
    }
    hours[size] = RollupKey.hourOf(epochMillis);
    rates[size++] = pieces / (nanos / NANOS);
  }

  /**
   * Hands over all samples.
   *
   * @param tokens of the whole answer, negative if they are not known
   * @param pieces of the whole answer
   */
  void forEach(long tokens, long pieces, Taker taker) {
    double tokensOfPiece = tokens < 0 || pieces <= 0 ? 1 : (double) tokens / pieces;
    for (int i = 0; i < size; i++) {
      taker.sample(hours[i], Math.round(rates[i] * tokensOfPiece * Quantity.UNITS));
    }
  }
}
