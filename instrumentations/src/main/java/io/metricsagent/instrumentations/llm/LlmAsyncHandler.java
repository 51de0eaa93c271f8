package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A method that makes a request and returns a future of the answer, in a library whose models call
 * each other's such methods. The request ends with the future. The rule must replace the result.
 *
 * <p>A model that leaves a request to another one may do so on any thread and go on to a third: so
 * the model that is asked last counts, by itself, and the one that left it is no request.
 */
public final class LlmAsyncHandler extends FrameHandler {
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
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    if (router.test(self)) {
      return null;
    }
    Frame top = stack.top();
    if (top != null && top.kind == Frame.Kind.LLM && top.isInOpenRequest() && top.self != self) {
      recorder.leave(top);
    }
    Frame frame = LlmRecorder.begin(self, arg0);
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
  protected Object ended(Frame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    if (thrown != null || !(result instanceof CompletableFuture<?> future)) {
      recorder.end(frame, now, Frame.UNKNOWN, null, thrown);
      return result;
    }
    if (!frame.isRoot() || frame.over) {
      frame.end();
      return result;
    }
    return FollowedFuture.of(
        future,
        (answer, error) -> {
          recorder.end(frame, System.nanoTime(), Frame.UNKNOWN, answer, error);
          return answer;
        });
  }
}
