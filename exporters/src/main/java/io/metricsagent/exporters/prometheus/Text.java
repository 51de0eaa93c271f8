package io.metricsagent.exporters.prometheus;

/** Text in UTF-8 and the numbers in it. Used by one thread. */
final class Text extends Bytes {
  /** Below it a whole number has no exponent, as {@link Double#toString} has it. */
  private static final double PLAIN = 1e7;

  /** Adds text that has no character beyond ASCII. */
  Text ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  Text bytes(byte[] text) {
    add(text);
    return this;
  }

  /** Adds a number that is not negative. */
  Text number(long value) {
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
  Text number(double value) {
    long whole = (long) value;
    return whole == value && whole >= 0 && value < PLAIN
        ? number(whole).ascii(".0")
        : ascii(Double.toString(value));
  }

  /** Adds seconds with three decimals. */
  Text seconds(long millis) {
    number(millis / 1000).ascii(".");
    for (long unit = 100; unit > 0; unit /= 10) {
      add((byte) ('0' + millis / unit % 10));
    }
    return this;
  }
}
