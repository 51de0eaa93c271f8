package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code InvokeModelRequest} and its responses. Bodies differ between model families and are
 * never read: the tokens of a whole answer are in its headers, and Bedrock adds the tokens of a
 * stream to its last chunk.
 */
final class InvokeDecoder implements LlmDecoder, EventStreamHandler.Events {
  private static final UsageReader USAGE = new Headers();
  private static final Accessor BYTES = Accessor.path("bytes().asByteArrayUnsafe()");

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String operation(Object request) {
    String model = Models.of(request);
    return model != null && model.contains("embed") ? "embeddings" : "chat";
  }

  @Override
  public String provider(Object client) {
    return "aws.bedrock";
  }

  @Override
  public String requestModel(Object client, Object request) {
    return Models.of(request);
  }

  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  /** Counts each chunk as content, because only the body would show what kind of chunk it is. */
  @Override
  public void read(Object chunk, OpenStream stream) {
    stream.content();
    if (BYTES.read(chunk) instanceof byte[] bytes) {
      String metrics = InvocationMetrics.of(bytes);
      if (metrics != null) {
        stream.sawEnd();
        stream.usage(InvocationMetrics.USAGE, metrics);
      }
    }
  }

  /** Reads tokens from the headers of a whole answer; a chunk has no headers. */
  private static final class Headers implements UsageReader {
    private static final Accessor HEADERS = Accessor.path("sdkHttpResponse().headers()");
    private static final String CACHE_READ = "x-amzn-bedrock-cache-read-input-token-count";

    @Override
    public long input(Object response) {
      return InvocationMetrics.withCache(
          header(response, "x-amzn-bedrock-input-token-count"),
          header(response, CACHE_READ),
          header(response, "x-amzn-bedrock-cache-write-input-token-count"));
    }

    @Override
    public long output(Object response) {
      return header(response, "x-amzn-bedrock-output-token-count");
    }

    @Override
    public long cached(Object response) {
      return header(response, CACHE_READ);
    }

    private static long header(Object response, String name) {
      if (!(HEADERS.read(response) instanceof Map<?, ?> headers)) {
        return -1;
      }
      for (Map.Entry<?, ?> header : headers.entrySet()) {
        if (header.getKey() instanceof String key
            && key.equalsIgnoreCase(name)
            && header.getValue() instanceof List<?> values
            && !values.isEmpty()) {
          try {
            return Long.parseLong(values.get(0).toString());
          } catch (NumberFormatException e) {
            return -1;
          }
        }
      }
      return -1;
    }
  }
}
