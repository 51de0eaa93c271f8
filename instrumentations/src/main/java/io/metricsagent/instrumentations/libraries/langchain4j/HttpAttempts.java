package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.wire.AttemptDecoder;
import java.util.function.LongConsumer;

/**
 * {@code SuccessfulHttpResponse} of the library's own HTTP clients; an error status is an
 * exception.
 */
final class HttpAttempts implements AttemptDecoder {
  private static final Accessor STATUS = Accessor.path("statusCode()");

  @Override
  public boolean isDecorator(Object client) {
    return client.getClass().getSimpleName().equals("LoggingHttpClient");
  }

  @Override
  public String provider(Object request) {
    return null;
  }

  @Override
  public long status(Object answer) {
    return STATUS.readLong(answer);
  }

  /** Returns the answer itself: its body is read before it is returned. */
  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return answer;
  }
}
