package io.metricsagent.instrumentations.operations;

import java.util.concurrent.CompletableFuture;

/**
 * A method that leaves a request to one below that is measured, and returns a future made of that
 * one's. Who cancels this future, or lets it time out, gives the request up; the future below never
 * hears of it. The rule must replace the result.
 */
public final class LlmFutureHandler extends FrameHandler {
  @Override
  Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    return LlmLayerHandler.beginLayer(stack, self, null);
  }

  @Override
  Object ended(Frame layer, Object result, Throwable thrown) {
    OpenStream below = layer.stream;
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
