package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.FramePublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.Flow;

/**
 * A method that returns a cold {@code Flux} or {@code Flow.Publisher}: nothing happens until
 * somebody subscribes, and each subscription is a request of its own. The rule must replace the
 * result.
 */
public final class LlmFluxHandler extends SiteHandler {
  private record Call(Object self, Object request) {}

  private final LlmRecorder recorder;
  private final StreamPieces pieces;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmFluxHandler(LlmDecoder decoder, StreamPieces pieces, Telemetry telemetry) {
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.pieces = pieces;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return pieces.measures(self) ? new Call(self, arg0) : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown != null || result == null) {
      return result;
    }
    Source source = new Source((Call) token);
    return result instanceof Flow.Publisher<?> publisher
        ? source.inFrontOf(publisher)
        : source.inFrontOf(result);
  }

  private final class Source extends FramePublisher {
    private final Call call;

    Source(Call call) {
      super(recorder.contexts());
      this.call = call;
    }

    @Override
    protected Signals begin(FrameStack stack) {
      RequestFrame frame = recorder.begin(stack, call.self, call.request);
      if (frame == null) {
        return null;
      }
      if (!frame.isRoot()) {
        OpenStream ofOuter = (OpenStream) frame.takeAnswer();
        if (ofOuter != null) {
          recorder.decodeRequest(frame);
        }
        return new Answer(frame, ofOuter);
      }
      recorder.decodeRequest(frame);
      recorder.detach(frame);
      OpenStream stream = new OpenStream(frame, recorder);
      frame.endsWith(stream, null);
      return new Answer(frame, stream);
    }

    @Override
    protected void subscribed(Signals signals) {
      FrameStack.current().end(((Answer) signals).frame);
    }
  }

  /**
   * One subscription. The stream is {@code null} in an inner layer, unless the outermost layer has
   * left the answer to that inner layer.
   */
  private final class Answer implements WatchedPublisher.Signals {
    private final RequestFrame frame;
    private final OpenStream stream;

    Answer(RequestFrame frame, OpenStream stream) {
      this.frame = frame;
      this.stream = stream;
    }

    @Override
    public void next(Object piece) {
      if (stream != null) {
        stream.keep(piece);
        pieces.read(piece, stream);
      }
    }

    @Override
    public void consumed(long nanos) {
      if (stream != null) {
        stream.handled(nanos);
      }
    }

    @Override
    public void failed(Throwable error) {
      if (stream != null) {
        stream.failed(error);
      }
    }

    @Override
    public void completed() {
      if (stream != null) {
        stream.exhausted();
      }
    }

    @Override
    public void cancelled() {
      if (stream != null) {
        stream.closed();
      }
    }
  }
}
