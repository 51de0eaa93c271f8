package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.AttemptFrame;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestEvents;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Running;
import java.util.concurrent.CompletableFuture;

/**
 * A method that sends a request over the wire and returns its answer, or a future of it. It counts
 * only within a request to a model; a client that decorates another one is the same attempt.
 *
 * <p>Where a library sends on its own threads, {@link RequestsUnderway} finds the request of an
 * attempt.
 */
public final class AttemptHandler extends FrameHandler<AttemptFrame> {
  private static final int FIRST_ERROR = 400;

  private final AttemptDecoder decoder;
  private final RequestsUnderway underway;

  /** Makes a handler for clients that throw an exception for an error status. */
  public AttemptHandler() {
    this(null, null);
  }

  /** Makes a handler for clients whose second argument is the options of the request. */
  public AttemptHandler(AttemptDecoder decoder, RequestsUnderway underway) {
    this.decoder = decoder;
    this.underway = underway;
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    Frame top = stack.top();
    if (top instanceof AttemptFrame) {
      return null;
    }
    RequestFrame root = top == null ? null : top.openRequest();
    if (decoder != null) {
      root = root == null ? underway.get(arg1) : root;
      if (root != null && !root.attempts().haveBegun()) {
        prepare(root, arg0);
      }
      if (decoder.isDecorator(self)) {
        return null;
      }
    }
    if (root == null) {
      return null;
    }
    AttemptFrame attempt = stack.pushAttempt(root, decoder == null ? null : arg1);
    if (attempt != null) {
      root.attempts().began(attempt.startNanos());
    }
    return attempt;
  }

  private void prepare(RequestFrame root, Object request) {
    root.attempts().began(System.nanoTime());
    root.facts().learnProvider(decoder.provider(request));
  }

  @Override
  protected Object ended(AttemptFrame attempt, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Running request = Running.of(attempt.request());
    long start = attempt.startNanos();
    Object options = attempt.options();
    if (decoder != null && result instanceof CompletableFuture<?> future) {
      return FollowedFuture.of(
          future,
          (answer, error) -> ended(request, options, start, System.nanoTime(), answer, error));
    }
    return ended(request, options, start, now, result, thrown);
  }

  private Object ended(
      Running request, Object options, long start, long now, Object answer, Throwable thrown) {
    if (!request.isOpen()) {
      return answer;
    }
    Attempts attempts = request.root().attempts();
    attempts.ended(start, now);
    if (thrown != null) {
      boolean throttled = Errors.isThrottle(thrown);
      if (throttled) {
        attempts.throttled();
      }
      tell(request.root(), start, now, thrown, throttled);
      return answer;
    }
    if (decoder == null || answer == null) {
      tell(request.root(), start, now, null, false);
      return answer;
    }
    long status = decoder.status(answer);
    boolean throttled = Errors.isThrottle(status);
    if (throttled) {
      attempts.throttled();
    }
    tell(request.root(), start, now, null, throttled);
    if (status < FIRST_ERROR) {
      underway.remove(options);
    }
    return decoder.timed(
        answer,
        nanos -> {
          if (request.isOpen()) {
            attempts.bodyRead(nanos);
          }
        });
  }

  private static void tell(
      RequestFrame root, long startNanos, long endNanos, Throwable error, boolean throttled) {
    if (root.hasEvents()) {
      RequestEvents.attemptEnded(root, startNanos, endNanos, error, throttled);
    }
  }
}
