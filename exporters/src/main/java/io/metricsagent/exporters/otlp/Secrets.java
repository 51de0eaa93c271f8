package io.metricsagent.exporters.otlp;

import io.metricsagent.exporters.UrlMask;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the settings hold that no message may repeat: the values of headers, and in the URL the user
 * with the password and the query. A receiver, a proxy or a library may repeat them to us.
 * Immutable.
 */
final class Secrets {
  /** Shorter ones would be found in anything. */
  private static final int MIN_LENGTH = 4;

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  static Secrets of(OtlpSettings settings) {
    Set<String> found = new LinkedHashSet<>();
    for (String header : settings.headers().values()) {
      addWithParts(found, header, " ");
    }
    URI endpoint = settings.endpoint();
    addWithParts(found, endpoint.getRawUserInfo(), ":");
    addWithParts(found, endpoint.getUserInfo(), ":");
    addWithParts(found, endpoint.getRawQuery(), "[&=]");
    addWithParts(found, endpoint.getQuery(), "[&=]");
    List<String> values = new ArrayList<>(found);
    values.removeIf(value -> value.length() < MIN_LENGTH);
    // The whole goes before its parts.
    values.sort(Comparator.comparingInt(String::length).reversed());
    return new Secrets(values);
  }

  /** Of {@code Bearer abc} or {@code api-key=abc}, what comes last may be repeated alone. */
  private static void addWithParts(Set<String> found, String value, String separator) {
    if (value != null) {
      found.add(value);
      String[] parts = value.split(separator, -1);
      for (int i = 1; i < parts.length; i++) {
        found.add(parts[i]);
      }
    }
  }

  /** Returns a text without secrets. */
  String mask(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, UrlMask.MASK);
    }
    return masked;
  }

  /**
   * Returns a cause that may be printed.
   *
   * @param cause {@code null} for none
   */
  Throwable mask(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String text = t.toString();
      if (!mask(text).equals(text)) {
        IOException masked = new IOException(mask(cause.toString()));
        masked.setStackTrace(cause.getStackTrace());
        return masked;
      }
    }
    return cause;
  }
}
