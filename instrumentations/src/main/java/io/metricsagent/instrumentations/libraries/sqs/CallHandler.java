package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * Handles a method that sends a request and returns the response, or a future of it. What SQS does
 * is recorded when it has answered, and before the application sees the answer; of a request that
 * fails, only its duration is recorded.
 */
abstract class CallHandler extends SiteHandler {
  /** Returns the call, or {@code null} if it is not of interest. */
  abstract Call begin(Object client, Object request);

  @Override
  public final Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0 == null ? null : begin(self, arg0);
  }

  @Override
  public final Object exit(Object token, Object result, Throwable thrown) {
    Call call = (Call) token;
    if (thrown == null && result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(future, call);
    }
    Object shown = call.apply(result, thrown);
    return shown == null ? result : shown;
  }
}
