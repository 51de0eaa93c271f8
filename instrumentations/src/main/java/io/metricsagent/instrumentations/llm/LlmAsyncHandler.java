package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A method that makes a request and returns a future of the answer, in a library whose models call
 * each other's such methods. The request ends with the future. The rule must replace the result.
 *
 * <p>A model may leave a request to another one on any thread, and go on to a third. So the model
 * that leaves the request is not counted, and each model that is asked counts as a request of its
 * own.
 */
public final class LlmAsyncHandler extends FrameHandler<RequestFrame> {
  private final LlmRecorder recorder;
  private final Predicate<Object> router;

  /**
   * Makes a handler for the requests that {@code decoder} understands.
   *
   * @param router tells models that do nothing but ask others, which are no requests
   */
  public LlmAsyncHandler(LlmDecoder decoder, Predicate<Object> router, Telemetry telemetry) {
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.router = router;
  }

  @Override
  protected RequestFrame begin(
      FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    if (router.test(self)) {
      return null;
    }
    if (stack.top() instanceof RequestFrame top && top.isOpen() && top.self() != self) {
      recorder.leave(top);
    }
    RequestFrame frame = LlmRecorder.begin(stack, self, arg0);
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
