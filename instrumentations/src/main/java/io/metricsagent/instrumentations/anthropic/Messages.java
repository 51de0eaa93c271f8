package io.metricsagent.instrumentations.anthropic;

import io.metricsagent.instrumentations.generatedclients.EventDecoder;
import io.metricsagent.instrumentations.operations.Accessor;
import io.metricsagent.instrumentations.operations.LlmDecoder;
import io.metricsagent.instrumentations.operations.OpenStream;

/**
 * {@code MessageCreateParams}, {@code Message} and its stream events, and those of the beta API.
 *
 * <p>Anthropic's input tokens leave out what was read from and written to its cache;
 * OpenTelemetry's {@code gen_ai.usage.input_tokens} includes both. A stream tells its input at the
 * start and its output so far at the end: the last word counts, nothing is added up.
 */
final class Messages implements LlmDecoder, EventDecoder {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor USAGE = Accessor.path("usage()");
  private static final Accessor INPUT = Accessor.path("inputTokens()");
  private static final Accessor OUTPUT = Accessor.path("outputTokens()");
  private static final Accessor CACHE_READ = Accessor.path("cacheReadInputTokens()");
  private static final Accessor CACHE_CREATION = Accessor.path("cacheCreationInputTokens()");

  private static final Accessor STARTED = Accessor.path("messageStart().message()");
  private static final Accessor DELTA_USAGE = Accessor.path("messageDelta().usage()");
  private static final Accessor IS_STOP = Accessor.path("isMessageStop()");
  private static final Accessor IS_DELTA = Accessor.path("isMessageDelta()");
  private static final Accessor IS_CONTENT = Accessor.path("isContentBlockDelta()");

  @Override
  public String operation() {
    return "chat";
  }

  /** Unless the address tells another one, such as a cloud that hosts the models. */
  @Override
  public String provider(Object client) {
    return "anthropic";
  }

  @Override
  public String requestModel(Object client, Object request) {
    return MODEL.readString(request);
  }

  @Override
  public String responseModel(Object response) {
    return MODEL.readString(response);
  }

  @Override
  public long inputTokens(Object response) {
    return input(USAGE.read(response));
  }

  @Override
  public long outputTokens(Object response) {
    return OUTPUT.readLong(USAGE.read(response));
  }

  @Override
  public long cachedTokens(Object response) {
    return CACHE_READ.readLong(USAGE.read(response));
  }

  private static long input(Object usage) {
    long input = INPUT.readLong(usage);
    return input < 0
        ? -1
        : input
            + Math.max(0, CACHE_READ.readLong(usage))
            + Math.max(0, CACHE_CREATION.readLong(usage));
  }

  @Override
  public void read(Object event, OpenStream stream) {
    if (Boolean.TRUE.equals(IS_CONTENT.read(event))) {
      if (!stream.hasContent()) {
        stream.content();
      }
      return;
    }
    Object message = STARTED.read(event);
    if (message != null) {
      stream.usage(inputTokens(message), outputTokens(message), cachedTokens(message));
      stream.answeringModel(responseModel(message));
    } else if (Boolean.TRUE.equals(IS_DELTA.read(event))) {
      Object usage = DELTA_USAGE.read(event);
      stream.usage(input(usage), OUTPUT.readLong(usage), CACHE_READ.readLong(usage));
      stream.sawEnd();
    } else if (Boolean.TRUE.equals(IS_STOP.read(event))) {
      stream.sawEnd();
    }
  }
}
