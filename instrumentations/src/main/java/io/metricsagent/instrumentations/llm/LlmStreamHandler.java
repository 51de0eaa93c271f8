package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;

/**
 * A method that starts a request and passes the answer to a callback, piece by piece, later and on
 * other threads. The request ends with the callback's last call, not when the method returns.
 */
public final class LlmStreamHandler extends FrameHandler<RequestFrame> {
  private final LlmRecorder recorder;
  private final StreamCallback callback;
  private final boolean endsWithResult;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmStreamHandler(LlmDecoder decoder, StreamCallback callback, Telemetry telemetry) {
    this(decoder, callback, telemetry, false);
  }

  private LlmStreamHandler(
      LlmDecoder decoder, StreamCallback callback, Telemetry telemetry, boolean endsWithResult) {
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.callback = callback;
    this.endsWithResult = endsWithResult;
  }

  /**
   * Returns a handler for methods that return a future with which the request ends. The rule must
   * replace the result.
   */
  public static LlmStreamHandler endingWithResult(
      LlmDecoder decoder, StreamCallback callback, Telemetry telemetry) {
    return new LlmStreamHandler(decoder, callback, telemetry, true);
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    RequestFrame frame = recorder.begin(stack, self, arg0);
    if (frame != null) {
      recorder.decodeRequest(frame);
    }
    return frame;
  }

  /**
   * An inner layer watches its callback only if the outermost layer leaves the answer to the inner
   * one.
   */
  @Override
  public Object replaceArgument(Object token, Object argument) {
    RequestFrame frame = (RequestFrame) token;
    if (argument == null) {
      return null;
    }
    if (!frame.isRoot()) {
      OpenStream left = frame.root().isWatchedBy(this) ? (OpenStream) frame.takeAnswer() : null;
      frame.endsWith(left, null);
      return left == null ? argument : callback.watch(argument, left);
    }
    OpenStream stream = new OpenStream(frame, recorder);
    Object watched = callback.watch(argument, stream);
    if (watched != argument) {
      recorder.detach(frame);
      frame.endsWith(stream, this);
    }
    return watched;
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    OpenStream stream = (OpenStream) frame.answer();
    if (stream != null) {
      if (thrown != null) {
        stream.end(now, null, thrown);
      } else if (endsWithResult && result instanceof CompletableFuture<?> future) {
        return FollowedFuture.of(
            future,
            (value, error) -> {
              if (error == null) {
                stream.exhausted();
              } else {
                stream.failed(error);
              }
              return value;
            });
      }
    } else if (frame.isRoot()) {
      recorder.end(frame, now, Tokens.UNKNOWN, null, thrown);
    }
    return result;
  }
}
