package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.results.Stages;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A method that makes a request and either returns when the request is complete, or returns a
 * {@link CompletionStage} that completes then. If the rule follows calls, the method may return
 * anything else that tells its end, or take it as an argument.
 */
public final class LlmCallHandler extends FrameHandler<RequestFrame> {
  private final LlmRecorder recorder;
  private final boolean replaces;
  private final Stages stages = new Stages();

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmCallHandler(LlmDecoder decoder, Telemetry telemetry) {
    this(decoder, telemetry, false);
  }

  private LlmCallHandler(LlmDecoder decoder, Telemetry telemetry, boolean replaces) {
    recorder = new LlmRecorder(decoder, telemetry);
    this.replaces = replaces;
  }

  /**
   * Returns a handler that replaces futures, so that a request is recorded before the application's
   * own dependents run. The rule must replace the result.
   */
  public static LlmCallHandler replacingFutures(LlmDecoder decoder, Telemetry telemetry) {
    return new LlmCallHandler(decoder, telemetry, true);
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    return recorder.begin(stack, self, arg0, arg1, arg2);
  }

  @Override
  public Object followArgument(Object token, Object argument, Class<?> declared) {
    return FollowedRequest.watched((RequestFrame) token, recorder, argument, declared);
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Class<?> declared) {
    return frame.goesOnWith() == null
        ? FollowedRequest.ended(frame, recorder, result, declared)
        : ended(frame, result, (Throwable) null);
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
    if (frame.goesOnWith() != null) {
      FollowedRequest.methodEnded(frame, result, thrown);
      return result;
    }
    long now = System.nanoTime();
    if (thrown == null && frame.isRoot() && stages.has(result)) {
      recorder.detach(frame);
      if (replaces && result instanceof CompletableFuture<?> future) {
        return FollowedFuture.of(
            future,
            (value, error) -> {
              recorder.end(frame, System.nanoTime(), Tokens.UNKNOWN, value, error);
              return value;
            });
      }
      ((CompletionStage<?>) result)
          .whenComplete(
              (value, error) ->
                  recorder.end(frame, System.nanoTime(), Tokens.UNKNOWN, value, error));
    } else {
      recorder.end(frame, now, Tokens.UNKNOWN, result, thrown);
    }
    return result;
  }
}
