package io.metricsagent.exporters;

/** Text in UTF-8 and the numbers in it. Used by one thread. */
public final class Text extends Bytes {
  /** Below it a whole number has no exponent, as {@link Double#toString} has it. */
  private static final long PLAIN = 10_000_000;

  /** Begins empty. */
  public Text() {}

  /** Adds text that has no character beyond ASCII. */
  public Text ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  /** Adds text that is UTF-8 already. */
  public Text bytes(byte[] text) {
    add(text);
    return this;
  }

  /** Adds a number that is not negative. */
  public Text number(long value) {
    int digits = 1;
    for (long left = value; left >= 10; left /= 10) {
      digits++;
    }
    reserve(digits);
    size += digits;
    long left = value;
    for (int i = 1; i <= digits; i++) {
      bytes[size - i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return this;
  }

  /** Adds what {@link Double#toString} returns. */
  public Text number(double value) {
    long whole = (long) value;
    return whole == value && whole >= 0 && whole < PLAIN
        ? number(whole).ascii(".0")
        : ascii(Double.toString(value));
  }

  /** Adds thousandths as a number with three decimals, such as milliseconds in seconds. */
  public Text thousandths(long value) {
    number(value / 1000).ascii(".");
    for (long unit = 100; unit > 0; unit /= 10) {
      add((byte) ('0' + value / unit % 10));
    }
    return this;
  }
}
