package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.wire.AttemptDecoder;
import java.util.function.LongConsumer;

/**
 * The results of the SDK's stages for an attempt: a pair of request and response, or, in
 * asynchronous clients, a response that was handled already.
 */
final class StageDecoder implements AttemptDecoder {
  private static final Accessor STATUS = Accessor.path("right().statusCode()");
  private static final Accessor ASYNC_STATUS = Accessor.path("httpResponse().statusCode()");

  @Override
  public boolean isDecorator(Object stage) {
    return false;
  }

  @Override
  public String provider(Object request) {
    return null;
  }

  @Override
  public long status(Object answer) {
    long status = STATUS.readLong(answer);
    return status < 0 ? ASYNC_STATUS.readLong(answer) : status;
  }

  /** Returns the answer itself: the SDK reads the small body while it parses it. */
  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return answer;
  }
}
