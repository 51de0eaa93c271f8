package io.metricsagent.agent.files;

/**
 * Writes JSON in ASCII, so that a text from an application cannot change the state of a terminal.
 * Stateless.
 */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";
  private static final int HEX_DIGITS = 4;

  private JsonText() {}

  /**
   * Appends a string with its quotes, or {@code null}. Only printable ASCII characters stand for
   * themselves.
   */
  public static void string(StringBuilder json, String text) {
    if (text == null) {
      json.append("null");
      return;
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        json.append(c);
      } else {
        json.append("\\u");
        for (int digit = HEX_DIGITS - 1; digit >= 0; digit--) {
          json.append(HEX.charAt(c >> digit * HEX_DIGITS & HEX.length() - 1));
        }
      }
    }
    json.append('"');
  }

  /** Appends a name and its colon. */
  public static StringBuilder name(StringBuilder json, String name) {
    string(json, name);
    return json.append(": ");
  }
}
