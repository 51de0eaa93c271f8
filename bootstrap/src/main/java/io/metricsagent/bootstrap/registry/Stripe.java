package io.metricsagent.bootstrap.registry;

/** Spreads threads over the stripes of a contended instrument. Stateless. */
final class Stripe {
  /**
   * Stripes are worth no more than the processors that can contend: the next power of two, at most
   * 32.
   */
  static final int MAX =
      Math.min(
          32,
          Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors()) * 2 - 1));

  /**
   * 2^32 divided by the golden ratio: the highest bits of its multiples spread the consecutive
   * thread ids of the JVM evenly (Knuth, TAOCP vol. 3, 6.4). Lower ones do not: by those every
   * second pair of neighbours would meet in one slot of eight.
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
    // In two steps, so that a length of 1 takes all 32 bits away.
    return hash >>> 1 >>> (Integer.numberOfLeadingZeros(length - 1) - 1);
  }
}
