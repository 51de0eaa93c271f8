package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.llm.UsageReader;
import java.nio.charset.StandardCharsets;

/**
 * The numbers that Bedrock adds to the last chunk of a stream, whatever model family it is of:
 * {@code "amazon-bedrock-invocationMetrics":{"inputTokenCount":12,…}}, at the end. What is in front
 * of them is the model's and is never read. The input leaves out what was read from and written to
 * a cache. Stateless.
 */
final class InvocationMetrics {
  /** Reads what {@link #of} returns. */
  static final UsageReader USAGE =
      new UsageReader() {
        @Override
        public long input(Object metrics) {
          return withCache(
              number((String) metrics, "\"inputTokenCount\""),
              number((String) metrics, "\"cacheReadInputTokenCount\""),
              number((String) metrics, "\"cacheWriteInputTokenCount\""));
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

  private InvocationMetrics() {}

  /** Returns all input tokens of an answer that tells the cached ones apart; -1 if unknown. */
  static long withCache(long input, long read, long written) {
    return input < 0 ? input : input + Math.max(0, read) + Math.max(0, written);
  }

  /**
   * Returns the numbers of a chunk, or {@code null} if it has none. Looks from the end, as far as
   * there are numbers with names: a text would end with a quote.
   */
  static String of(byte[] chunk) {
    int at = chunk.length - 2;
    if (at < 0 || chunk[at] != '}' || chunk[at + 1] != '}') {
      return null;
    }
    do {
      at = startOfField(chunk, at) - 1;
    } while (at > 0 && chunk[at] == ',');
    int name = at - 1 - NAME.length;
    return name >= 0 && chunk[at] == '{' && chunk[at - 1] == ':' && isName(chunk, name)
        ? new String(chunk, at, chunk.length - at, StandardCharsets.US_ASCII)
        : null;
  }

  /** Returns where {@code "name":123} starts that ends before {@code end}, or -1. */
  private static int startOfField(byte[] chunk, int end) {
    int at = end - 1;
    while (at > 0 && chunk[at] >= '0' && chunk[at] <= '9') {
      at--;
    }
    if (at == end - 1 || at < 2 || chunk[at] != ':' || chunk[at - 1] != '"') {
      return -1;
    }
    at -= 2;
    while (at > 0 && chunk[at] != '"') {
      at--;
    }
    return at;
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
