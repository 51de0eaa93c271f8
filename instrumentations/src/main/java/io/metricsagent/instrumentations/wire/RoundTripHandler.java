package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestEvents;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that sends a request over the wire, with its retries, and returns the answer or a future
 * of it. If this version of the library does not show its attempts, the whole method counts as one
 * attempt. The rule must replace the result.
 */
public final class RoundTripHandler extends SiteHandler {
  /**
   * The state at the beginning of the method.
   *
   * @param leftOutNanos the value of {@link FrameStack#leftOutNanos}
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

  /** Records the end. The time from the last attempt until now is waiting, not parsing. */
  private static void ended(RoundTrip trip, long start, Throwable error) {
    if (!trip.request.isOpen()) {
      return;
    }
    long now = System.nanoTime();
    Attempts attempts = trip.request.root().attempts();
    if (attempts.count() == trip.attemptsBefore) {
      attempts.add(start, now);
      boolean throttled = error != null && Errors.isThrottle(error);
      if (throttled) {
        attempts.throttled();
      }
      if (trip.request.root().hasEvents()) {
        RequestEvents.attemptEnded(trip.request.root(), start, now, error, throttled);
      }
    }
    attempts.waitedUntil(now);
  }
}
