package io.metricsagent.exporters;

/** Writes text in UTF-8, with numbers in it. Used by one thread. */
public final class Text extends Bytes {
  /** Whole numbers below this are written without an exponent, as by {@link Double#toString}. */
  private static final long PLAIN = 10_000_000;

  /** Makes an empty text. */
  public Text() {}

  /** Adds text, which must be ASCII. */
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

  /** Adds a number of thousandths with three decimals, such as milliseconds as seconds. */
  public Text thousandths(long value) {
    number(value / 1000).ascii(".");
    for (long unit = 100; unit > 0; unit /= 10) {
      add((byte) ('0' + value / unit % 10));
    }
    return this;
  }
}
