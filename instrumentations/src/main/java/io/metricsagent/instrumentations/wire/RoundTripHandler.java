package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that sends a request over the wire and returns when the answer is there, or a future of
 * it, retries included. Where a version of the library shows none of its attempts, the whole round
 * trip counts as one attempt. The rule must replace the result.
 */
public final class RoundTripHandler extends SiteHandler {
  /**
   * What is known when the method begins.
   *
   * @param leftOutNanos what {@link FrameStack#leftOutNanos} was then
   */
  private record RoundTrip(
      Running request, int attemptsBefore, long startNanos, long leftOutNanos) {}

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    if (!(stack.top() instanceof RequestFrame top) || top.root() == null) {
      return null;
    }
    return new RoundTrip(
        Running.of(top.root()), top.attempts().count(), System.nanoTime(), stack.leftOutNanos());
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    RoundTrip trip = (RoundTrip) token;
    long leftOut = FrameStack.current().leftOutNanos() - trip.leftOutNanos;
    long start = trip.startNanos + leftOut;
    if (result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(
          future,
          (answer, error) -> {
            ended(trip, start, error);
            return answer;
          });
    }
    ended(trip, start, thrown);
    return result;
  }

  /** The library may wait after the last attempt as well; that time is no parsing. */
  private static void ended(RoundTrip trip, long start, Throwable error) {
    if (!trip.request.isOpen()) {
      return;
    }
    long now = System.nanoTime();
    Attempts attempts = trip.request.root().attempts();
    if (attempts.count() == trip.attemptsBefore) {
      attempts.add(start, now);
      if (error != null && Errors.isThrottle(error)) {
        attempts.throttled();
      }
    }
    attempts.waitedUntil(now);
  }
}
