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
 * The secrets in the settings, which no message may repeat: the values of headers, and user,
 * password and query of the URL. A receiver, a proxy or a library may put them into its messages.
 * Immutable.
 */
final class Secrets {
  /** Shorter texts are not masked, because they occur in any message by chance. */
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
    // Longer texts are masked before those that are a part of them.
    values.sort(Comparator.comparingInt(String::length).reversed());
    return new Secrets(values);
  }

  /**
   * Adds a value and its last part: a message may contain only the {@code abc} of {@code Bearer
   * abc} or {@code api-key=abc}.
   */
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
   * Returns a cause that may be printed, without secrets.
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
