package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import java.util.concurrent.CompletableFuture;

/**
 * A method that leaves a request to one below that is measured, and returns a future made of that
 * one's. Who cancels this future, or lets it time out, gives the request up; the future below never
 * hears of it. The rule must replace the result.
 */
public final class LlmFutureHandler extends FrameHandler {
  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    return Layers.begin(stack, self, null);
  }

  @Override
  protected Object ended(Frame layer, Object result, Throwable thrown) {
    OpenAnswer below = layer.answering;
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
