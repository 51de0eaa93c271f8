package io.metricsagent.agent.config;

import java.util.Locale;
import java.util.Set;

/** Checks that a header can be sent over HTTP (RFC 9110, section 5). Stateless. */
final class HeaderCheck {
  /** Headers that the exporter sets itself, since they say how it sends a request. */
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
   * Returns what is wrong with a header, or {@code null}. The answer repeats only names that the
   * agent knows: in a malformed list, a name may be part of a secret.
   */
  static String wrong(String name, String value) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return "has an invalid name; write letters, digits and -, followed by =";
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OWN.contains(lower)) {
      return "is " + lower + ", which the exporter sets itself";
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c >= 127) {
        return "has a value with an invalid character; write ASCII";
      }
    }
    return null;
  }
}
