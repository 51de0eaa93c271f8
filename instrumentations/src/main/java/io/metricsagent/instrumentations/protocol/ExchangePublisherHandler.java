package io.metricsagent.instrumentations.protocol;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.ExchangeFrame;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FramePublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a publisher of the answer to a request: each subscription is an {@link
 * Exchange}. The method itself may do a part of the work, so its time counts; the time from its end
 * to the subscription does not. The rule must replace the result.
 */
public final class ExchangePublisherHandler extends FrameHandler<ExchangeFrame> {
  private final Exchange.Finder requests;
  private final ActiveSpans spans;
  private final CallContexts contexts;

  /** Makes a handler for the requests that {@code requests} finds. */
  public ExchangePublisherHandler(Exchange.Finder requests, Telemetry telemetry) {
    this.requests = requests;
    spans = telemetry.spans();
    contexts = telemetry.contexts();
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    Exchange exchange = requests.find(arg0, arg1);
    ExchangeFrame frame = exchange == null ? null : stack.pushExchange(exchange, null);
    if (frame != null) {
      frame.isFor(contexts.get(ContextField.EXPERIMENT));
    }
    return frame;
  }

  @Override
  public Object replaceArgument(Object token, Object argument) {
    return ((Exchange) ((ExchangeFrame) token).exchange()).replaced(argument);
  }

  @Override
  protected Object ended(ExchangeFrame frame, Object result, Throwable thrown) {
    long nanos = System.nanoTime() - frame.startNanos();
    Exchange exchange = (Exchange) frame.exchange();
    String tool = frame.tool();
    if (thrown != null) {
      Exchange.Origin origin = new Exchange.Origin(frame.experiment(), spans.current());
      exchange.ended(tool, origin, nanos, null, thrown);
    }
    return thrown != null || result == null
        ? result
        : new Answers(exchange, tool, nanos).inFrontOf(result);
  }

  private final class Answers extends FramePublisher {
    private final Exchange exchange;
    private final String tool;
    private final long nanosBefore;

    Answers(Exchange exchange, String tool, long nanosBefore) {
      super(contexts);
      this.exchange = exchange;
      this.tool = tool;
      this.nanosBefore = nanosBefore;
    }

    @Override
    protected Signals begin(FrameStack stack) {
      ExchangeFrame frame = stack.pushExchange(null, tool);
      if (frame == null) {
        return null;
      }
      frame.detach(); // it may end on another thread
      frame.isFor(contexts.get(ContextField.EXPERIMENT));
      return new Answer(this, frame, new Exchange.Origin(frame.experiment(), spans.current()));
    }

    @Override
    protected void subscribed(Signals signals) {
      FrameStack.current().end(((Answer) signals).frame);
    }
  }

  /** One subscription, which waits for its answer. */
  private static final class Answer implements WatchedPublisher.Signals {
    private final Answers from;
    private final ExchangeFrame frame;
    private final Exchange.Origin origin;
    private final AtomicBoolean ended = new AtomicBoolean();

    Answer(Answers from, ExchangeFrame frame, Exchange.Origin origin) {
      this.from = from;
      this.frame = frame;
      this.origin = origin;
    }

    @Override
    public void next(Object value) {
      if (from.exchange.isAnswer(value)) {
        end(value, null);
      }
    }

    @Override
    public void failed(Throwable error) {
      end(null, error);
    }

    @Override
    public void completed() {
      end(null, null);
    }

    @Override
    public void cancelled() {
      end(null, Errors.CANCELLED);
    }

    private void end(Object answer, Throwable error) {
      if (ended.compareAndSet(false, true)) {
        long nanos = System.nanoTime() - frame.startNanos() + from.nanosBefore;
        from.exchange.ended(frame.tool(), origin, nanos, answer, error);
      }
    }
  }
}
