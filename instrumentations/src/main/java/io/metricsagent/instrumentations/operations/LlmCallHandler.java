package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletionStage;

/**
 * A method that makes a request and returns when it is complete, or returns a {@link
 * CompletionStage} that completes then.
 */
public final class LlmCallHandler extends SiteHandler {
  private final LlmRecorder recorder;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmCallHandler(LlmDecoder decoder, Recording recording) {
    recorder = new LlmRecorder(decoder, recording);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return LlmRecorder.begin(self, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Frame frame = (Frame) token;
    if (!FrameStack.current().pop(frame)) {
      return result;
    }
    if (thrown == null && frame.isRoot() && result instanceof CompletionStage<?> stage) {
      recorder.detach(frame);
      stage.whenComplete(
          (value, error) -> recorder.end(frame, System.nanoTime(), Frame.UNKNOWN, value, error));
    } else {
      recorder.end(frame, now, Frame.UNKNOWN, result, thrown);
    }
    return result;
  }
}
