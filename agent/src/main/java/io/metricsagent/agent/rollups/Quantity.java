package io.metricsagent.agent.rollups;

/**
 * What a rollup has a distribution of. Values are whole numbers, so that sums are exact: durations
 * in microseconds, rates in millionths of a piece a second.
 */
public enum Quantity {
  /** Pieces of output a second: frames, tokens or chunks. */
  OUTPUT_RATE("output_rate_millionths", 1),
  PROMPT_TO_FIRST_FRAME("prompt_to_first_frame_us", 1_000),
  STARTUP_TIME("startup_time_us", 1_000),
  E2E_LATENCY("e2e_latency_us", 1_000);

  /** How many units make 1: a millisecond of a duration would be a thousand. */
  public static final int UNITS = 1_000_000;

  private final String field;
  private final long scale;

  Quantity(String field, long scale) {
    this.field = field;
    this.scale = scale;
  }

  /** Returns the name in JSON. */
  public String field() {
    return field;
  }

  /**
   * Returns the factor from a value to the nanoseconds of the histogram's layout; for a rate of 1
   * that is a millisecond.
   */
  long scale() {
    return scale;
  }
}
