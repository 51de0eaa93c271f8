package io.metricsagent.agent.config;

/** Keeps secrets out of what is printed. Stateless. */
final class Masking {
  private static final String MASK = "***";

  private Masking() {}

  /**
   * Returns a value as it may be printed: headers without their values, URLs without a password.
   */
  static String mask(SettingDefinition definition, String text) {
    switch (definition.type()) {
      case SECRET_PAIRS:
        return maskPairs(text);
      case SECRET:
        return MASK;
      case URL:
        return maskUserInfo(text);
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
      // A part without a key may be the second half of a secret that holds a comma.
      masked.append(equals > 0 ? part.substring(0, equals + 1) : "").append(MASK);
    }
    return masked.toString();
  }

  static String maskUserInfo(String url) {
    int start = url.indexOf("://");
    int at = url.indexOf('@');
    int path = start < 0 ? -1 : url.indexOf('/', start + 3);
    if (start < 0 || at < 0 || (path >= 0 && path < at)) {
      return url;
    }
    return url.substring(0, start + 3) + MASK + url.substring(at);
  }
}
