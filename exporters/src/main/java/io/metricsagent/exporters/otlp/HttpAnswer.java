package io.metricsagent.exporters.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What an answer over HTTP means. Stateless. */
final class HttpAnswer {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final int MAX_WORDS = 200;

  private HttpAnswer() {}

  /**
   * Reads an answer.
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
        RetryAfter.nanos(retryAfter));
  }

  /**
   * Tells a receiver from something else that answers 200 to everything, such as a log-in page.
   * Receivers answer with a message of protobuf, often an empty one; some with JSON or a few words.
   */
  private static boolean isFromReceiver(String contentType, byte[] body) {
    return body.length == 0
        || contentType.startsWith("application/json")
        || contentType.startsWith("text/plain")
        || PartialSuccess.isWellFormed(body);
  }

  /** Errors come as text or as a protobuf status, whose words are readable in it. */
  private static String words(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MAX_WORDS), StandardCharsets.UTF_8)
            .replaceAll("[^\\p{Print}]+", " ")
            .strip();
    return text.isEmpty() ? "" : ": " + text;
  }
}
