package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that sends a request over the wire and returns when the answer is there, or a future of
 * it, retries included. Where a version of the library shows none of its attempts, this is the one.
 * The rule must replace the result.
 */
public final class ExchangeHandler extends SiteHandler {
  /**
   * What is known when the method begins.
   *
   * @param leftOutNanos what {@link FrameStack#leftOutNanos} was then
   */
  private record Exchange(
      Running request, int attemptsBefore, long startNanos, long leftOutNanos) {}

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    if (top == null || top.kind != Frame.Kind.LLM) {
      return null;
    }
    return new Exchange(
        Running.of(top.root), top.root.attempts, System.nanoTime(), stack.leftOutNanos());
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Exchange exchange = (Exchange) token;
    long leftOut = FrameStack.current().leftOutNanos() - exchange.leftOutNanos;
    long start = exchange.startNanos + leftOut;
    if (result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(
          future,
          (answer, error) -> {
            ended(exchange, start, error);
            return answer;
          });
    }
    ended(exchange, start, thrown);
    return result;
  }

  /** Whoever waits after the last attempt too does not parse meanwhile. */
  private static void ended(Exchange exchange, long start, Throwable error) {
    if (!exchange.request.isOpen()) {
      return;
    }
    long now = System.nanoTime();
    Frame root = exchange.request.root();
    if (root.attempts == exchange.attemptsBefore) {
      root.attempted(start, now);
      root.throttles += error != null && Errors.isThrottle(error) ? 1 : 0;
    }
    root.lastAttemptEndNanos = now;
  }
}
