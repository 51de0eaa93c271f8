package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LayerFrame;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import java.util.concurrent.CompletableFuture;

/**
 * A method that leaves a request to a measured method below, and returns a future that depends on
 * the future of that method. When the application cancels the future, or lets it time out, the
 * request ends, although the future below does not complete. The rule must replace the result.
 */
public final class LlmFutureHandler extends FrameHandler<LayerFrame> {
  @Override
  protected LayerFrame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    return Layers.begin(stack, self, null);
  }

  @Override
  protected Object ended(LayerFrame layer, Object result, Throwable thrown) {
    OpenAnswer below = layer.answer();
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
