package io.metricsagent.bootstrap;

/** Numbers of things, in words. Stateless. */
public final class Counts {
  private Counts() {}

  /**
   * Returns a number and a noun, such as {@code 1 task} and {@code 2 tasks}.
   *
   * @param one the noun of one thing, whose plural ends in s
   */
  public static String of(long count, String one) {
    return count + " " + (count == 1 ? one : one + "s");
  }
}
