package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.wire.AttemptDecoder;
import java.util.function.LongConsumer;

/** {@code HttpResponse} of Azure's HTTP clients, below the model of Azure's OpenAI. */
final class AzureAttempts implements AttemptDecoder {
  private static final Accessor STATUS = Accessor.path("getStatusCode()");

  @Override
  public boolean isDecorator(Object client) {
    return false;
  }

  @Override
  public String provider(Object request) {
    return null;
  }

  @Override
  public long status(Object answer) {
    return STATUS.readLong(answer);
  }

  /** Returns the answer itself: its body is parsed while it is read. */
  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return answer;
  }
}
