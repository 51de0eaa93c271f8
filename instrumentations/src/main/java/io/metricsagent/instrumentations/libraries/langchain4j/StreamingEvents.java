package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamPieces;

/** Reads {@code ChatModelStreamingEvent}s; the last event has the whole answer. Stateless. */
final class StreamingEvents implements StreamPieces {
  private static final String RESPONSE = "dev.langchain4j.model.chat.response.";
  private static final Accessor ANSWER = Accessor.path("chatResponse()");

  @Override
  public boolean measures(Object model) {
    return !AsyncModels.isRouter(model);
  }

  @Override
  public void read(Object event, OpenStream stream) {
    for (Class<?> type = event.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith(RESPONSE) && reads(type.getSimpleName(), event, stream)) {
        return;
      }
    }
  }

  private static boolean reads(String type, Object event, OpenStream stream) {
    switch (type) {
      case "PartialResponse", "PartialThinking", "PartialToolCall" -> stream.content();
      case "CompleteToolCall" -> {
        // If the library reports the pieces of a tool call, they have arrived before.
        if (!stream.hasContent()) {
          stream.content();
        }
      }
      // The request ends before the subscriber gets the event, because the subscriber's work, such
      // as the next request, is not part of the request.
      case "CompleteResponse" -> stream.completed(ANSWER.read(event));
      default -> {
        return false;
      }
    }
    return true;
  }
}
