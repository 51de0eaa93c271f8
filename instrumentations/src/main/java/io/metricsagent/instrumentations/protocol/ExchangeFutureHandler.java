package io.metricsagent.instrumentations.protocol;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.ExchangeFrame;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that sends a request and returns a future of its answer. The library waits for the
 * future once, and a wait that times out ends the {@link Exchange}. Nested calls of such methods
 * are one exchange. The rule must replace the result.
 */
public final class ExchangeFutureHandler extends FrameHandler<ExchangeFrame> {
  private final Exchange.Finder requests;
  private final ActiveSpans spans;
  private final CallContexts contexts;

  /** Makes a handler for the requests that {@code requests} finds. */
  public ExchangeFutureHandler(Exchange.Finder requests, Telemetry telemetry) {
    this.requests = requests;
    spans = telemetry.spans();
    contexts = telemetry.contexts();
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    if (stack.top() instanceof ExchangeFrame) {
      return null;
    }
    Exchange exchange = requests.find(arg0, arg1);
    ExchangeFrame frame = exchange == null ? null : stack.pushExchange(exchange, null);
    if (frame != null) {
      frame.isFor(contexts.get(ContextField.EXPERIMENT));
    }
    return frame;
  }

  @Override
  protected Object ended(ExchangeFrame frame, Object result, Throwable thrown) {
    Exchange exchange = (Exchange) frame.exchange();
    long start = frame.startNanos();
    Exchange.Origin origin = new Exchange.Origin(frame.experiment(), spans.current());
    if (!(result instanceof CompletableFuture<?> future)) {
      exchange.ended(null, origin, System.nanoTime() - start, result, thrown);
      return result;
    }
    AtomicBoolean ended = new AtomicBoolean();
    return FollowedFuture.ofOneWait(
        future,
        (answer, error) -> {
          if (ended.compareAndSet(false, true)) {
            exchange.ended(null, origin, System.nanoTime() - start, answer, error);
          }
        });
  }
}
