package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.ActiveRequests;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FramePublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LayerFrame;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * A method that returns a publisher of an answer, and usually calls a client that is measured
 * itself. If a request begins within the method, or while somebody subscribes to its result, that
 * request counts, because it is closer to the wire; this layer only tells that request when the
 * subscriber cancels. If no request begins below, this layer counts as the request. The rule must
 * replace the result.
 *
 * <p>Some libraries send the request when the method is called, others when somebody subscribes.
 * The time between the call and the subscription is not part of the request.
 */
public final class LlmLayerHandler extends FrameHandler<LayerFrame> {
  private final LlmRecorder recorder;
  private final StreamPieces pieces;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmLayerHandler(LlmDecoder decoder, StreamPieces pieces, Telemetry telemetry) {
    this.recorder = new LlmRecorder(decoder, telemetry);
    this.pieces = pieces;
  }

  /**
   * Measures nothing within another layer or a request, because the outer one measures everything
   * inside it.
   */
  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    LayerFrame layer = Layers.begin(stack, self, arg0);
    if (layer != null) {
      layer.isFor(recorder.contexts().get(ContextField.EXPERIMENT));
    }
    return layer;
  }

  @Override
  protected Object ended(LayerFrame layer, Object result, Throwable thrown) {
    long nanos = System.nanoTime() - layer.startNanos();
    boolean measured = layer.isRecorded();
    OpenAnswer below = layer.answer();
    Object self = layer.self();
    Object argument = layer.argument();
    if (thrown != null || result == null) {
      if (thrown != null && !measured) {
        recorder.end(
            request(self, argument, nanos), System.nanoTime(), Tokens.UNKNOWN, null, thrown);
      }
      return result;
    }
    if (measured) {
      return below == null ? result : new Reading(below, layer).inFrontOf(result);
    }
    return new Source(self, argument, nanos).inFrontOf(result);
  }

  /** Returns a request that began {@code nanos} ago. */
  private RequestFrame request(Object self, Object argument, long nanos) {
    return recorder.beginApart(self, argument, nanos);
  }

  /** The answer of a request that is measured below this layer. */
  private static final class Reading extends WatchedPublisher implements WatchedPublisher.Signals {
    private final OpenAnswer below;
    private final Run run;
    private final String experiment;

    Reading(OpenAnswer below, LayerFrame layer) {
      this.below = below;
      run = layer.run();
      experiment = layer.experiment();
    }

    /** The run and the experiment of the call of the method, since the request has begun there. */
    @Override
    protected Carrier carrier(Object subscriber) {
      return run == null
          ? RunCarrier.of(FrameStack.current(), subscriber, experiment)
          : RunCarrier.of(run, experiment);
    }

    @Override
    protected Signals subscribing() {
      return this;
    }

    @Override
    protected void subscribed(Signals signals) {}

    @Override
    public void next(Object piece) {}

    @Override
    public void failed(Throwable error) {}

    @Override
    public void completed() {}

    @Override
    public void cancelled() {
      below.closed();
    }
  }

  /** An answer for which no request has been measured so far. */
  private final class Source extends FramePublisher {
    private final Object self;
    private final Object argument;
    private final long nanos;

    Source(Object self, Object argument, long nanos) {
      super(recorder.contexts());
      this.self = self;
      this.argument = argument;
      this.nanos = nanos;
    }

    @Override
    protected Signals begin(FrameStack stack) {
      LayerFrame layer = stack.pushLayer(null, null);
      if (layer == null) {
        return null;
      }
      layer.detach(); // signals may come on any thread
      return new Answer(layer, request(self, argument, nanos));
    }

    @Override
    protected void subscribed(Signals signals) {
      Answer answer = (Answer) signals;
      FrameStack.current().end(answer.layer);
      if (answer.layer.isRecorded()) {
        ActiveRequests.ended(answer.request); // the request below is counted
      }
    }
  }

  /**
   * One subscription. Requests that the subscriber makes while it handles a piece are not part of
   * this request.
   */
  private final class Answer implements WatchedPublisher.Signals {
    private final LayerFrame layer;
    private final RequestFrame request;
    private final OpenStream own;
    private long handedOverNanos;
    private boolean handedOver;

    Answer(LayerFrame layer, RequestFrame request) {
      this.layer = layer;
      this.request = request;
      own = new OpenStream(request, recorder, false);
    }

    @Override
    public void next(Object piece) {
      if (!layer.isOver() && !layer.isRecorded()) {
        recorder.decodeRequest(request);
      }
      layer.over();
      if (!layer.isRecorded()) {
        if (!pieces.repeats(piece, own)) {
          own.keep(piece);
        }
        pieces.read(piece, own);
      }
      handedOverNanos = System.nanoTime();
      handedOver = true;
    }

    @Override
    public void consumed(long nanos) {
      handedOver = false;
      own.paused(nanos);
      own.handled(nanos);
    }

    @Override
    public void failed(Throwable error) {
      layer.over();
      if (!layer.isRecorded()) {
        own.failed(error);
      }
    }

    @Override
    public void completed() {
      layer.over();
      if (!layer.isRecorded()) {
        own.exhausted();
      }
    }

    @Override
    public void cancelled() {
      if (!layer.isRecorded()) {
        if (handedOver) {
          own.paused(System.nanoTime() - handedOverNanos);
        }
        own.closed();
      } else if (layer.answer() != null) {
        layer.answer().closed();
      }
    }
  }
}
