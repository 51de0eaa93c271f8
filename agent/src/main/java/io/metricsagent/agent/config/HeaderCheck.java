package io.metricsagent.agent.config;

import java.util.Locale;
import java.util.Set;

/** What can be sent as a header of HTTP (RFC 9110, section 5). Stateless. */
final class HeaderCheck {
  /** Those that say how a request is sent, which is not the user's to say. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "grpc-encoding",
          "grpc-timeout",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderCheck() {}

  /**
   * Returns what is wrong with a header, or {@code null}. A name is only repeated where it is one
   * that we know: in a list that is written wrongly it may be part of a secret.
   */
  static String wrong(String name, String value) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return "has a name that no header can have; write letters, digits and -, and = behind them";
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OWN.contains(lower)) {
      return "is " + lower + ", which the exporter sets itself";
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c >= 127) {
        return "has a value with a character that no header can have; write ASCII";
      }
    }
    return null;
  }
}
