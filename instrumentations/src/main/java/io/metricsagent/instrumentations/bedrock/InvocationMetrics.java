package io.metricsagent.instrumentations.bedrock;

import io.metricsagent.instrumentations.operations.TokenUsage;
import java.nio.charset.StandardCharsets;

/**
 * The numbers that Bedrock adds to the last chunk of a stream, whatever model family it is of:
 * {@code "amazon-bedrock-invocationMetrics":{"inputTokenCount":12,…}}, at the end. What is in front
 * of them is the model's and is never read. Stateless.
 */
final class InvocationMetrics {
  /** Reads what {@link #of} returns. */
  static final TokenUsage USAGE =
      new TokenUsage() {
        @Override
        public long input(Object metrics) {
          return number((String) metrics, "\"inputTokenCount\"");
        }

        @Override
        public long output(Object metrics) {
          return number((String) metrics, "\"outputTokenCount\"");
        }

        @Override
        public long cached(Object metrics) {
          return number((String) metrics, "\"cacheReadInputTokenCount\"");
        }
      };

  /** With its quotes, which within a text of the model's would follow backslashes. */
  private static final byte[] NAME =
      "\"amazon-bedrock-invocationMetrics\"".getBytes(StandardCharsets.US_ASCII);

  /** Bytes at the end of a chunk that are searched; the numbers take some 250. */
  private static final int TAIL = 512;

  private InvocationMetrics() {}

  /** Returns the numbers of a chunk, or {@code null} if it has none. */
  static String of(byte[] chunk) {
    int first = Math.max(0, chunk.length - TAIL);
    for (int i = chunk.length - NAME.length; i >= first; i--) {
      if (chunk[i] == '"' && isName(chunk, i)) {
        int end = i + NAME.length;
        return new String(chunk, end, chunk.length - end, StandardCharsets.US_ASCII);
      }
    }
    return null;
  }

  private static boolean isName(byte[] chunk, int at) {
    for (int i = 0; i < NAME.length; i++) {
      if (chunk[at + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(String metrics, String name) {
    int at = metrics.indexOf(name);
    if (at < 0) {
      return -1;
    }
    long number = -1;
    for (int i = at + name.length(); i < metrics.length(); i++) {
      int digit = metrics.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        number = Math.max(0, number) * 10 + digit;
      } else if (number >= 0 || metrics.charAt(i) == ',') {
        break;
      }
    }
    return number;
  }
}
