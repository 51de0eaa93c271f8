package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.llm.UsageReader;
import java.nio.charset.StandardCharsets;

/**
 * The numbers that Bedrock adds at the end of a stream's last chunk, for all model families: {@code
 * "amazon-bedrock-invocationMetrics":{"inputTokenCount":12,…}}. The text in front of them is
 * content and is never read. The input excludes tokens read from and written to a cache. Stateless.
 */
final class InvocationMetrics {
  /** Reads the text that {@link #of} returns. */
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

  /** The name with its quotes; within a text of the model, backslashes would precede the quotes. */
  private static final byte[] NAME =
      "\"amazon-bedrock-invocationMetrics\"".getBytes(StandardCharsets.US_ASCII);

  private InvocationMetrics() {}

  /**
   * Returns the sum of the input tokens and the tokens read from and written to a cache; -1 if
   * unknown.
   */
  static long withCache(long input, long read, long written) {
    return input < 0 ? input : input + Math.max(0, read) + Math.max(0, written);
  }

  /**
   * Returns the numbers of a chunk, or {@code null} if the chunk has none. The method reads
   * backwards from the end and stops at the first field that is not a name with a number, because a
   * text would end with a quote.
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

  /**
   * Returns the start of the {@code "name":123} that ends before {@code end}, or -1 if there is
   * none.
   */
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
