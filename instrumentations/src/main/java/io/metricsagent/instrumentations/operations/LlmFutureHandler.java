package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that leaves a request to one below that is measured, and returns a future made of that
 * one's. Who cancels this future, or lets it time out, gives the request up; the future below never
 * hears of it. The rule must replace the result.
 */
public final class LlmFutureHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return LlmLayerHandler.beginLayer(self, null);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Frame layer = (Frame) token;
    if (!FrameStack.current().pop(layer)) {
      return result;
    }
    OpenStream below = layer.stream;
    layer.end();
    layer.stream = null; // it ends when nobody holds it
    if (below == null || !(result instanceof CompletableFuture<?> future)) {
      return result;
    }
    return FollowedFuture.of(
        future,
        (answer, error) -> {
          if (error != null) {
            below.failed(error);
          }
          return answer;
        });
  }
}
