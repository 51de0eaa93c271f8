package io.metricsagent.agent.config;

import io.metricsagent.exporters.UrlMask;

/** Keeps secrets out of what is printed. Stateless. */
final class Masking {
  private Masking() {}

  /**
   * Returns a value in a form that may be printed: headers without their values, URLs without
   * password and query.
   */
  static String mask(Setting setting, String text) {
    switch (setting.type()) {
      case SECRET_PAIRS:
        return maskPairs(text);
      case SECRET:
        return UrlMask.MASK;
      case URL:
        return UrlMask.mask(text);
      default:
        return text;
    }
  }

  private static String maskPairs(String text) {
    StringBuilder masked = new StringBuilder();
    for (String part : TextLists.split(text, ',')) {
      int equals = part.indexOf('=');
      if (masked.length() > 0) {
        masked.append(',');
      }
      // A part without a key may be the rest of a secret that contains a comma.
      masked.append(equals > 0 ? part.substring(0, equals + 1) : "").append(UrlMask.MASK);
    }
    return masked.toString();
  }
}
