package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.CompletableFuture;

/**
 * A method that makes a request and returns an object to read the answer from, or a future of one.
 * The request ends when the answer has been read. The rule must replace the result.
 *
 * <p>Within another request the call is an inner layer: it passes the model on to the outer layer
 * and leaves the answer to that layer.
 */
public final class LlmResultHandler extends FrameHandler<RequestFrame> {
  private final LlmDecoder decoder;
  private final LlmRecorder recorder;
  private final ResultWatch watch;
  private final boolean streamed;

  /**
   * Makes a handler; {@code streamed} is true for answers in pieces and false for answers in one
   * body.
   */
  public LlmResultHandler(
      LlmDecoder decoder, ResultWatch watch, boolean streamed, Telemetry telemetry) {
    this.decoder = decoder;
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.watch = watch;
    this.streamed = streamed;
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    RequestFrame frame = recorder.begin(stack, self, arg0, arg1);
    if (frame != null) {
      RequestFacts ofRequest = frame.root().facts();
      if (ofRequest.provider() == null) {
        ofRequest.learnProvider(decoder.provider(self));
      }
      ofRequest.learnModel(decoder.requestModel(self, arg0));
    }
    return frame;
  }

  @Override
  protected Object ended(RequestFrame frame, Object result, Throwable thrown) {
    long now = System.nanoTime();
    if (!frame.isRoot()) {
      return result;
    }
    recorder.detach(frame);
    OpenStream stream = new OpenStream(frame, recorder, streamed);
    if (thrown != null || result == null) {
      stream.end(now, null, thrown);
      return result;
    }
    stream.endWhenDropped();
    if (result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(future, (answer, error) -> watched(answer, error, stream));
    }
    return watched(result, null, stream);
  }

  private Object watched(Object answer, Throwable error, OpenStream stream) {
    if (error != null) {
      stream.failed(error);
      return null;
    }
    Object watched = answer == null ? null : watch.watch(answer, stream);
    if (watched == answer && !watch.isInPlace()) {
      stream.completed(null); // the answer cannot be watched: its end stays unknown
    }
    return watched;
  }
}
