package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LayerFrame;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import java.util.concurrent.CompletableFuture;

/**
 * A method that calls a measured method below it, which makes the request, and returns a future
 * that depends on that method's future. When the application cancels the returned future or lets it
 * time out, the request ends, although the future below does not complete. The rule must replace
 * the result.
 */
public final class LlmFutureHandler extends FrameHandler<LayerFrame> {
  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
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
