package io.metricsagent.bootstrap.registry;

/** Spreads threads over the stripes of a contended instrument. Stateless. */
final class Stripe {
  /**
   * The number of processors, rounded up to a power of two, but at most 32: more threads cannot
   * contend at the same moment.
   */
  static final int MAX =
      Math.min(
          32,
          Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors()) * 2 - 1));

  /**
   * 2^32 divided by the golden ratio: the highest bits of its multiples spread the consecutive
   * thread ids of the JVM evenly (Knuth, TAOCP vol. 3, 6.4). The lower bits do not.
   */
  private static final int GOLDEN = 0x9E3779B9;

  private Stripe() {}

  /**
   * Returns this thread's slot.
   *
   * @param length a power of two
   */
  @SuppressWarnings(
      "deprecation") // threadId() exists from 19 on; getId() is a field read on 17 to 25
  static int slot(int length) {
    int hash = (int) Thread.currentThread().getId() * GOLDEN;
    // Two shifts, because one shift by 32, for a length of 1, would do nothing.
    return hash >>> 1 >>> (Integer.numberOfLeadingZeros(length - 1) - 1);
  }
}
