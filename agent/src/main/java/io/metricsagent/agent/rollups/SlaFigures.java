package io.metricsagent.agent.rollups;

/**
 * The ratios of a rollup. Each is {@code null} where there is no evidence: no known session.
 *
 * @param failureRate the part of the known sessions that failed without an excuse, 0 to 1
 * @param swapRate the part of the known sessions with a swap, 0 to 1
 * @param successRatio the other part than the failure rate; excused sessions count as success
 * @param noSwapRatio the other part than the swap rate
 * @param slaScore 0 to 100: success weighs 0.7, no swap 0.3
 */
record SlaFigures(
    Double failureRate, Double swapRate, Double successRatio, Double noSwapRatio, Double slaScore) {
  private static final double SUCCESS_WEIGHT = 0.7;
  private static final double NO_SWAP_WEIGHT = 0.3;
  private static final int BEST_SCORE = 100;
  private static final SlaFigures NO_EVIDENCE = new SlaFigures(null, null, null, null, null);

  /** Computes the ratios from the sums. */
  static SlaFigures of(Rollup rollup) {
    double known = rollup.get(Counter.KNOWN);
    if (known == 0) {
      return NO_EVIDENCE;
    }
    double failures = rollup.get(Counter.UNEXCUSED) / known;
    double swaps = rollup.get(Counter.SWAPPED) / known;
    double score = (SUCCESS_WEIGHT * (1 - failures) + NO_SWAP_WEIGHT * (1 - swaps)) * BEST_SCORE;
    return new SlaFigures(failures, swaps, 1 - failures, 1 - swaps, score);
  }
}
