package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.FastGzip;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers {@code GET /metrics}. Thread-safe. */
final class ScrapeHandler {
  private static final String PATH = "/metrics";
  private static final String SCHEME = "Bearer ";

  private final byte[] token;
  private final Supplier<MetricsSnapshot> current;

  /**
   * Makes a handler.
   *
   * @param token the token that requests must have, or {@code null} for none
   */
  ScrapeHandler(String token, Supplier<MetricsSnapshot> current) {
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    this.current = current;
  }

  /** Makes the answer; the answer to {@code HEAD} is the same as that to {@code GET}. */
  ScrapeAnswer answer(ScrapeRequest request) {
    if (!request.path().equals(PATH)) {
      return ScrapeAnswer.words(404, "Metrics are at " + PATH + ".");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return ScrapeAnswer.words(405, "Only GET and HEAD are answered.").with("Allow", "GET, HEAD");
    }
    if (!isAuthorized(request.headers().get("authorization"))) {
      return ScrapeAnswer.words(401, "The token of metrics.agent.prometheus.token is asked for.")
          .with("WWW-Authenticate", "Bearer");
    }
    try {
      return metrics(request);
    } catch (IOException | RuntimeException | LinkageError e) {
      Faults.absorbed("a scrape failed", e);
      return ScrapeAnswer.words(500, "The metrics could not be read.");
    }
  }

  /**
   * Returns whether a request may be answered. The token is compared in constant time, so that the
   * time does not tell how much of it was right. The scheme's name is case-insensitive (RFC 9110,
   * section 11.1).
   *
   * @param given the header {@code Authorization}, each character a byte, or {@code null} if it is
   *     missing
   */
  private boolean isAuthorized(String given) {
    return token == null
        || (given != null
            && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && MessageDigest.isEqual(
                token,
                given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private ScrapeAnswer metrics(ScrapeRequest request) throws IOException {
    Format format = Format.preferred(request.headers().get("accept"));
    boolean gzip = request.headers().getOrDefault("accept-encoding", "").contains("gzip");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", format.contentType());
    headers.put("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    Body body = new Body();
    if (request.method().equals("GET")) {
      try (OutputStream out = gzip ? new FastGzip(body) : body) {
        format.write(current.get(), out);
      }
    }
    return new ScrapeAnswer(200, headers, body);
  }
}
