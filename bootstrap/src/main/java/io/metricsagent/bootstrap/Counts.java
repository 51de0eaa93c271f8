package io.metricsagent.agent.cli;

/** Numbers of things, in words. Stateless. */
final class Counts {
  private Counts() {}

  /**
   * Returns a number and a noun, such as {@code 1 task} and {@code 2 tasks}.
   *
   * @param one the noun of one thing, whose plural ends in s
   */
  static String of(long count, String one) {
    return count + " " + (count == 1 ? one : one + "s");
  }
}
