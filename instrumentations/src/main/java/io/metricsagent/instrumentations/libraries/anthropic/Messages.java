package io.metricsagent.instrumentations.libraries.anthropic;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.EventDecoder;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;

/**
 * Reads {@code MessageCreateParams}, {@code Message} and the events of a stream, and the same types
 * of the beta API.
 *
 * <p>Anthropic's input tokens exclude tokens read from and written to its cache; OpenTelemetry's
 * {@code gen_ai.usage.input_tokens} includes both. A stream reports its input at the start and the
 * sum of its output at the end: the last number counts, and nothing is added up.
 */
final class Messages implements LlmDecoder, EventDecoder {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final UsageReader USAGE = usage("usage()");
  private static final UsageReader DELTA_USAGE = usage("messageDelta().usage()");

  private static final Accessor STARTED = Accessor.path("messageStart().message()");
  private static final Accessor IS_STOP = Accessor.path("isMessageStop()");
  private static final Accessor IS_DELTA = Accessor.path("isMessageDelta()");
  private static final Accessor IS_CONTENT = Accessor.path("isContentBlockDelta()");

  @Override
  public String operation() {
    return "chat";
  }

  /**
   * Returns Anthropic, unless the address belongs to another provider, such as a cloud that hosts
   * the models.
   */
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
  public UsageReader usage() {
    return USAGE;
  }

  private static UsageReader usage(String path) {
    return new UsagePaths(
        path,
        List.of("inputTokens()", "cacheReadInputTokens()", "cacheCreationInputTokens()"),
        List.of("outputTokens()"),
        "cacheReadInputTokens()");
  }

  @Override
  public void read(Object event, OpenStream stream) {
    if (Boolean.TRUE.equals(IS_CONTENT.read(event))) {
      stream.content();
      return;
    }
    Object message = STARTED.read(event);
    if (message != null) {
      stream.usage(USAGE, message);
      stream.answeringModel(responseModel(message));
    } else if (Boolean.TRUE.equals(IS_DELTA.read(event))) {
      stream.usage(DELTA_USAGE, event);
      stream.sawEnd();
    } else if (Boolean.TRUE.equals(IS_STOP.read(event))) {
      stream.sawEnd();
    }
  }
}
