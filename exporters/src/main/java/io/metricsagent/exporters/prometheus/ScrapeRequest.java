package io.metricsagent.exporters.prometheus;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of a request in HTTP/1 (RFC 9112). A body is never read.
 *
 * @param path the path without the query; empty if the target has no path
 * @param headers the headers, with names in lower case; the values of equal names are joined by
 *     commas
 * @param last whether the connection ends with the answer
 */
record ScrapeRequest(String method, String path, Map<String, String> headers, boolean last) {
  /** Thrown for a malformed head; the connection ends with the answer. */
  static final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    BadRequestException(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Reads a head.
   *
   * @param text all lines, with their line ends
   */
  static ScrapeRequest parse(String text) throws BadRequestException {
    String[] lines = text.split("\r?\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !isToken(words[0]) || !words[2].startsWith("HTTP/")) {
      throw new BadRequestException(400, "This is not an HTTP/1.1 request.");
    }
    if (!words[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(505, "Only HTTP/1.1 and HTTP/1.0 are supported here.");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 0 || !isToken(lines[i].substring(0, colon))) {
        throw new BadRequestException(400, "A header is not written as name: value.");
      }
      headers.merge(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim(),
          (first, second) -> first + "," + second);
    }
    return new ScrapeRequest(words[0], path(words[1]), headers, isLast(words[2], headers));
  }

  private static String path(String target) throws BadRequestException {
    try {
      String path = new URI(target).getPath();
      return path == null ? "" : path;
    } catch (URISyntaxException e) {
      throw new BadRequestException(400, "The target of the request is not a URL.");
    }
  }

  private static boolean isLast(String version, Map<String, String> headers) {
    boolean body =
        headers.containsKey("transfer-encoding")
            || !headers.getOrDefault("content-length", "0").equals("0");
    return body
        || version.equals("HTTP/1.0")
        || headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
