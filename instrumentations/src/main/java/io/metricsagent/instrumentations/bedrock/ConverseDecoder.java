package io.metricsagent.instrumentations.bedrock;

import io.metricsagent.instrumentations.operations.Accessor;
import io.metricsagent.instrumentations.operations.LlmDecoder;
import io.metricsagent.instrumentations.operations.OpenStream;

/**
 * {@code ConverseRequest}, {@code ConverseResponse} and the events of a stream; tokens come in the
 * last event.
 *
 * <p>Whether input tokens include cached ones, AWS does not say: both are as they come.
 */
final class ConverseDecoder implements LlmDecoder, EventStreamHandler.Events {
  private static final Accessor USAGE = Accessor.path("usage()");
  private static final Accessor INPUT = Accessor.path("inputTokens()");
  private static final Accessor OUTPUT = Accessor.path("outputTokens()");
  private static final Accessor CACHED = Accessor.path("cacheReadInputTokens()");

  private static final Accessor STOP = Accessor.path("stopReasonAsString()");
  private static final Accessor TEXT = Accessor.path("delta().text()");
  private static final Accessor[] CONTENTS = {
    Accessor.path("delta().toolUse()"), Accessor.path("delta().reasoningContent()"),
  };

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object client) {
    return "aws.bedrock";
  }

  @Override
  public String requestModel(Object client, Object request) {
    return Models.of(request);
  }

  /** It does not say. */
  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public long inputTokens(Object response) {
    return INPUT.readLong(USAGE.read(response));
  }

  @Override
  public long outputTokens(Object response) {
    return OUTPUT.readLong(USAGE.read(response));
  }

  @Override
  public long cachedTokens(Object response) {
    return CACHED.readLong(USAGE.read(response));
  }

  @Override
  public void read(Object event, OpenStream stream) {
    if (!stream.hasContent() && hasContent(event)) {
      stream.content();
    }
    if (STOP.readString(event) != null) {
      stream.sawEnd();
    }
    stream.usage(inputTokens(event), outputTokens(event), cachedTokens(event));
  }

  private static boolean hasContent(Object event) {
    if (TEXT.read(event) instanceof String text && !text.isEmpty()) {
      return true;
    }
    for (Accessor accessor : CONTENTS) {
      if (accessor.read(event) != null) {
        return true;
      }
    }
    return false;
  }
}
