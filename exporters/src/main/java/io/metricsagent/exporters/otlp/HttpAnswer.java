package io.metricsagent.exporters.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Interprets answers over HTTP. Stateless. */
final class HttpAnswer {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  /** Bad request, content too large, unprocessable content. */
  private static final Set<Integer> INVALID = Set.of(400, 413, 422);

  private static final int MAX_WORDS = 200;

  private HttpAnswer() {}

  /**
   * Interprets an answer.
   *
   * @param contentType empty if there is none
   * @param retryAfter {@code null} if there is none
   */
  static Answer of(int status, String contentType, String retryAfter, byte[] body) {
    boolean successful = status >= 200 && status < 300;
    boolean fromReceiver = isFromReceiver(contentType, body);
    String text =
        successful && !fromReceiver
            ? "HTTP " + status + ", but the answer is not OTLP" + words(body)
            : "HTTP " + status + words(body);
    return new Answer(
        status,
        text,
        body,
        successful && fromReceiver,
        RETRYABLE.contains(status),
        INVALID.contains(status),
        RetryAfter.nanos(retryAfter));
  }

  /**
   * Returns whether an answer with status 200 comes from a receiver, not from a server that answers
   * 200 to every request, such as a log-in page. Receivers answer with a protobuf message, often an
   * empty one; some with JSON or a short text.
   */
  private static boolean isFromReceiver(String contentType, byte[] body) {
    return body.length == 0
        || contentType.startsWith("application/json")
        || contentType.startsWith("text/plain")
        || PartialSuccess.isWellFormed(body);
  }

  /**
   * Returns the text of an error, which may also be a protobuf status: its message is readable as
   * it stands.
   */
  private static String words(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MAX_WORDS), StandardCharsets.UTF_8)
            .replaceAll("[^\\p{Print}]+", " ")
            .strip();
    return text.isEmpty() ? "" : ": " + text;
  }
}
