package io.metricsagent.agent.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses lists and {@code key=value} pairs. Stateless. */
final class TextLists {
  private TextLists() {}

  /** Splits a text at a separator; trims the parts and leaves empty ones out. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf(separator, start);
      if (end < 0) {
        end = text.length();
      }
      String part = text.substring(start, end).trim();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      start = end + 1;
    }
    return parts;
  }

  /** Returns the parts with a comma and a blank between them. */
  static String join(Iterable<String> parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      if (text.length() > 0) {
        text.append(", ");
      }
      text.append(part);
    }
    return text.toString();
  }

  /**
   * Parses {@code key=value,key2=value2}. Keys and values are percent-decoded and in the order of
   * the text; the last of equal keys wins.
   *
   * @throws IllegalArgumentException with a message that repeats no value, since a value may be
   *     secret
   */
  static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    int number = 0;
    for (String part : split(text, ',')) {
      number++;
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("entry " + number + " is not key=value");
      }
      String key = decode(part.substring(0, equals).trim(), number);
      pairs.put(key, decode(part.substring(equals + 1).trim(), number));
    }
    return pairs;
  }

  /**
   * Decodes {@code %20} and the like. {@link java.net.URLDecoder} would turn each {@code +} into a
   * blank, and {@code +} is common in base64 tokens.
   */
  private static String decode(String text, int entry) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int value = in[i];
      if (value == '%') {
        int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              "entry " + entry + " has a % without two hexadecimal digits (a plain % is %25)");
        }
        value = (high << 4) | low;
        i += 2;
      }
      if (value >= 0 && value < ' ') {
        throw new IllegalArgumentException("entry " + entry + " holds a control character");
      }
      out[length++] = (byte) value;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
