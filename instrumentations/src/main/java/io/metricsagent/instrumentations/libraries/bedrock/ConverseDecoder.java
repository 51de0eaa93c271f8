package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * Reads {@code ConverseRequest}, {@code ConverseResponse} and the events of a stream; the last
 * event has the tokens.
 */
final class ConverseDecoder implements LlmDecoder, EventStreamHandler.Events {
  private static final UsageReader USAGE = new ConverseUsage();

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

  /** Returns {@code null}: the response does not name its model. */
  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  @Override
  public void read(Object event, OpenStream stream) {
    if (hasContent(event)) {
      stream.content();
    }
    if (STOP.readString(event) != null) {
      stream.sawEnd();
    }
    stream.usage(USAGE, event);
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
