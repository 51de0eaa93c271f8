package io.metricsagent.instrumentations.libraries.openai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.EventDecoder;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;

/** Reads {@code ResponseCreateParams}, {@code Response} and the events of a stream. */
final class Responses implements LlmDecoder, EventDecoder {
  private static final Accessor[] MODELS = {
    Accessor.path("model().string()"),
    Accessor.path("model().chat()"),
    Accessor.path("model().only()"),
  };
  private static final UsageReader USAGE =
      new UsagePaths(
          "usage()",
          List.of("inputTokens()"),
          List.of("outputTokens()"),
          "inputTokensDetails().cachedTokens()");

  private static final Accessor COMPLETED = Accessor.path("completed().response()");
  private static final Accessor INCOMPLETE = Accessor.path("incomplete().response()");
  private static final Accessor FAILED = Accessor.path("failed().response()");
  private static final Accessor ERROR_CODE = Accessor.path("error().code()");
  private static final Accessor IS_ERROR = Accessor.path("isError()");
  private static final Accessor[] CONTENTS = {
    Accessor.path("isOutputTextDelta()"),
    Accessor.path("isFunctionCallArgumentsDelta()"),
    Accessor.path("isReasoningSummaryTextDelta()"),
    Accessor.path("isReasoningTextDelta()"),
    Accessor.path("isRefusalDelta()"),
    Accessor.path("isAudioDelta()"),
    Accessor.path("isCustomToolCallInputDelta()"),
    Accessor.path("isMcpCallArgumentsDelta()"),
    Accessor.path("isCodeInterpreterCallCodeDelta()"),
  };

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object client) {
    return "openai";
  }

  @Override
  public String requestModel(Object client, Object request) {
    return model(request);
  }

  @Override
  public String responseModel(Object response) {
    return model(response);
  }

  private static String model(Object from) {
    for (Accessor accessor : MODELS) {
      String model = accessor.readString(from);
      if (model != null) {
        return model;
      }
    }
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  @Override
  public void read(Object event, OpenStream stream) {
    if (isContent(event)) {
      stream.content();
      return;
    }
    Object last = COMPLETED.read(event);
    last = last == null ? INCOMPLETE.read(event) : last;
    if (last == null) {
      last = FAILED.read(event);
      if (last != null || Boolean.TRUE.equals(IS_ERROR.read(event))) {
        // A failed response contains an error; an event may itself be an error.
        String code = ERROR_CODE.readString(last == null ? event : last);
        stream.reports(Errors.ofType(code == null ? "response.failed" : code));
      }
    }
    if (last != null) {
      stream.usage(USAGE, last);
      stream.answeringModel(model(last));
      stream.sawEnd();
    }
  }

  private static boolean isContent(Object event) {
    for (Accessor accessor : CONTENTS) {
      if (Boolean.TRUE.equals(accessor.read(event))) {
        return true;
      }
    }
    return false;
  }
}
