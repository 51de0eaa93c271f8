package io.metricsagent.instrumentations.libraries.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads keys and numbers of messages in the forms that the clients have for them. Stateless. */
final class Texts {
  private Texts() {}

  /** Returns a key as a text; {@code null} for an object that the application's codec has made. */
  static String of(Object key) {
    if (key instanceof String text) {
      return text;
    }
    if (key instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (key instanceof ByteBuffer buffer) {
      return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }
    return null;
  }

  /** Returns the number before the first hyphen, or -1. */
  static long numberBeforeHyphen(Object id) {
    if (id instanceof CharSequence text) {
      return numberBeforeHyphen(text);
    }
    return id instanceof byte[] bytes
        ? numberBeforeHyphen(new String(bytes, StandardCharsets.US_ASCII))
        : -1;
  }

  private static long numberBeforeHyphen(CharSequence text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '-') {
        return i == 0 ? -1 : number;
      }
      if (c < '0' || c > '9' || number > (Long.MAX_VALUE - 9) / 10) {
        return -1;
      }
      number = 10 * number + (c - '0');
    }
    return -1;
  }
}
