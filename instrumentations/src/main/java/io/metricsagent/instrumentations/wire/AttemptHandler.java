package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.Running;
import java.util.concurrent.CompletableFuture;

/**
 * A method that sends a request over the wire and returns its answer, or a future of it. It counts
 * only within a request to a model; a client that decorates another one is the same attempt.
 *
 * <p>Where a library sends on its own threads, {@link RequestsUnderway} finds the request of an
 * attempt.
 */
public final class AttemptHandler extends FrameHandler {
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
    if (top != null && top.kind == Frame.Kind.ATTEMPT) {
      return null;
    }
    Frame root =
        top != null && top.kind == Frame.Kind.LLM && top.isInOpenRequest() ? top.root : null;
    if (decoder != null) {
      root = root == null ? underway.get(arg1) : root;
      if (root != null && !root.isAttempted()) {
        prepare(root, arg0);
      }
      if (decoder.isDecorator(self)) {
        return null;
      }
    }
    if (root == null) {
      return null;
    }
    Frame attempt = stack.push(Frame.Kind.ATTEMPT, root, null, decoder == null ? null : arg1);
    if (attempt != null) {
      root.attemptBegan(attempt.startNanos);
    }
    return attempt;
  }

  private void prepare(Frame root, Object request) {
    root.attemptBegan(System.nanoTime());
    String provider = decoder.provider(request);
    if (provider != null) {
      root.provider = provider;
    }
  }

  @Override
  protected Object ended(Frame attempt, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Running request = Running.of(attempt.root);
    long start = attempt.startNanos;
    Object options = attempt.argument;
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
    Frame root = request.root();
    root.attemptEnded(start, now);
    if (thrown != null) {
      if (Errors.isThrottle(thrown)) {
        root.throttled();
      }
      return answer;
    }
    if (decoder == null || answer == null) {
      return answer;
    }
    long status = decoder.status(answer);
    if (Errors.isThrottle(status)) {
      root.throttled();
    }
    if (status < FIRST_ERROR) {
      underway.remove(options);
    }
    return decoder.timed(
        answer,
        nanos -> {
          if (request.isOpen()) {
            root.bodyRead(nanos);
          }
        });
  }
}
