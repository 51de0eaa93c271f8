package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that sends a request over the wire and returns when the answer is there. It is of
 * interest only within an LLM call; a client that decorates another one is the same attempt.
 */
public final class AttemptHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    if (top == null || top.kind != Frame.Kind.LLM) {
      return null;
    }
    Frame attempt = stack.push(Frame.Kind.ATTEMPT, top.root, null, null);
    if (attempt != null && top.root.attempts == 0) {
      top.root.firstAttemptNanos = attempt.startNanos;
    }
    return attempt;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Frame attempt = (Frame) token;
    if (FrameStack.current().pop(attempt)) {
      Frame request = attempt.root;
      request.attempts++;
      request.attemptsNanos += now - attempt.startNanos;
      request.lastAttemptEndNanos = now;
      if (thrown != null && Errors.isThrottle(thrown)) {
        request.throttles++;
      }
      attempt.end();
    }
    return result;
  }
}
