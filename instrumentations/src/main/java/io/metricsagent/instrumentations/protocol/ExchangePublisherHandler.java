package io.metricsagent.instrumentations.protocol;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.ExchangeFrame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a publisher of the answer to a request: each subscription is an {@link
 * Exchange}. Some of the work may be done within the method already; the time from the method's end
 * to the subscription is not part of the exchange. The rule must replace the result.
 */
public final class ExchangePublisherHandler extends FrameHandler<ExchangeFrame> {
  private final Exchange.Finder requests;
  private final ActiveSpans spans;

  /** Makes a handler for the requests that {@code requests} finds. */
  public ExchangePublisherHandler(Exchange.Finder requests, Telemetry telemetry) {
    this.requests = requests;
    spans = telemetry.spans();
  }

  @Override
  protected ExchangeFrame begin(
      FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    Exchange exchange = requests.find(arg0, arg1);
    return exchange == null ? null : stack.pushExchange(exchange, null);
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
      exchange.ended(tool, spans.current(), nanos, null, thrown);
    }
    return thrown != null || result == null
        ? result
        : new Answers(exchange, tool, nanos).inFrontOf(result);
  }

  private final class Answers extends WatchedPublisher {
    private final Exchange exchange;
    private final String tool;
    private final long nanosBefore;

    Answers(Exchange exchange, String tool, long nanosBefore) {
      this.exchange = exchange;
      this.tool = tool;
      this.nanosBefore = nanosBefore;
    }

    @Override
    protected Signals subscribing() {
      ExchangeFrame frame = FrameStack.current().pushExchange(null, tool);
      if (frame == null) {
        return null;
      }
      frame.detach(); // its end comes on any thread
      return new Answer(this, frame, spans.current());
    }

    @Override
    protected void subscribed(Signals signals) {
      FrameStack.current().end(((Answer) signals).frame);
    }
  }

  /** One answer, awaited. */
  private static final class Answer implements WatchedPublisher.Signals {
    private final Answers from;
    private final ExchangeFrame frame;
    private final TraceContext trace;
    private final AtomicBoolean ended = new AtomicBoolean();

    Answer(Answers from, ExchangeFrame frame, TraceContext trace) {
      this.from = from;
      this.frame = frame;
      this.trace = trace;
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
        from.exchange.ended(frame.tool(), trace, nanos, answer, error);
      }
    }
  }
}
