package io.metricsagent.instrumentations.libraries.sqs;

/** The numbers under which receipt handles and ids of messages are remembered. Stateless. */
final class Receipts {
  /** An odd number whose bits look random, so that each character changes all higher bits. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Receipts() {}

  /**
   * Returns a number for a text, whose lowest {@link ReceiptSet#STATE_BITS} bits are 0. Of the
   * messages that a process can know at once, two have the same number in one of a billion
   * processes.
   */
  static long numberOf(String text) {
    long number = text.length();
    for (int i = 0; i < text.length(); i++) {
      number = (number ^ text.charAt(i)) * SPREAD;
      number ^= number >>> 32;
    }
    return number & -(1L << ReceiptSet.STATE_BITS);
  }
}
