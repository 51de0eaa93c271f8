package io.metricsagent.exporters.statsd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a number of calls into few lines, each of which stands for 1, 2 or 5 times a power of ten
 * calls.
 *
 * <p>Why these weights: a server computes the number of calls as {@code 1 / rate} from {@code
 * |@rate}. For these weights, with the rate in decimals, that division gives a whole number in
 * floating point, so the server's count is exact.
 */
final class Weights {
  private Weights() {}

  /**
   * Returns weights that add up to {@code count}, with at most {@code maxLines} of the largest
   * weight. The remainder is made of smaller weights, spread evenly over the ranks, so that they do
   * not shift the percentiles of a server that ignores weights there, as Etsy's does.
   */
  static long[] of(long count, int maxLines) {
    long weight = 1;
    while (count / weight > maxLines) {
      weight = larger(weight);
    }
    int lines = (int) (count / weight);
    List<Long> rest = new ArrayList<>();
    long left = count % weight;
    for (long smaller = weight; left > 0; smaller = smaller(smaller)) {
      for (; left >= smaller; left -= smaller) {
        rest.add(smaller);
      }
    }
    long[] weights = new long[lines + rest.size()];
    Arrays.fill(weights, weight);
    for (int i = 0; i < rest.size(); i++) {
      weights[(int) ((i + 0.5) * weights.length / rest.size())] = rest.get(i);
    }
    return weights;
  }

  /**
   * Returns the next of the weights 1, 2, 5, 10, 20, 50 …, without those whose rate has no exact
   * inverse.
   */
  private static long larger(long weight) {
    long next = weight;
    do {
      next = Long.toString(next).charAt(0) == '2' ? next / 2 * 5 : next * 2;
    } while (1 / (1.0 / next) != next);
    return next;
  }

  private static long smaller(long weight) {
    long previous = weight;
    do {
      previous = Long.toString(previous).charAt(0) == '5' ? previous / 5 * 2 : previous / 2;
    } while (1 / (1.0 / previous) != previous);
    return previous;
  }
}
