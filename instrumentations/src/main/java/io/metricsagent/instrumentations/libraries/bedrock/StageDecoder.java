package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.wire.AttemptDecoder;
import java.util.function.LongConsumer;

/**
 * What the SDK's stages return for an attempt: a pair of request and response, or, asynchronously,
 * a response that was handled already.
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

  /** Answers are small; the SDK reads them when it takes them apart. */
  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return answer;
  }
}
