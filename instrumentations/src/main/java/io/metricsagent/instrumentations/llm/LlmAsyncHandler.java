package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A method that makes a request and returns a future of the answer, in a library whose models call
 * such methods of each other. The request ends with the future. The rule must replace the result.
 *
 * <p>A model may pass a request on to a second model, on any thread, and then to a third. The model
 * that passes the request on is not counted, and each model that it asks counts as a request of its
 * own.
 */
public final class LlmAsyncHandler extends FrameHandler<RequestFrame> {
  private final LlmRecorder recorder;
  private final Predicate<Object> router;

  /**
   * Makes a handler for the requests that {@code decoder} understands.
   *
   * @param router recognises models that only call other models; a call of such a model is not a
   *     request
   */
  public LlmAsyncHandler(LlmDecoder decoder, Predicate<Object> router, Telemetry telemetry) {
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.router = router;
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    if (router.test(self)) {
      return null;
    }
    if (stack.top() instanceof RequestFrame top && top.isOpen() && top.self() != self) {
      recorder.leave(top);
    }
    RequestFrame frame = recorder.begin(stack, self, arg0);
    if (frame != null) {
      recorder.decodeRequest(frame);
      if (frame.isRoot()) {
        recorder.detach(frame);
      }
      AsyncRequests.put(frame);
    }
    return frame;
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    if (thrown != null || !(result instanceof CompletableFuture<?> future)) {
      recorder.end(frame, now, Tokens.UNKNOWN, null, thrown);
      return result;
    }
    if (!frame.isRoot() || frame.isOver()) {
      frame.end();
      return result;
    }
    return FollowedFuture.of(
        future,
        (answer, error) -> {
          recorder.end(frame, System.nanoTime(), Tokens.UNKNOWN, answer, error);
          return answer;
        });
  }
}
