package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.PhaseTimes;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that is a part of the request around it, on the same thread. If the method returns a
 * future, the phase ends with the future. The rule must replace the result, because the request may
 * end with a future that depends on this one.
 *
 * <p>The method has no frame: what it calls is called within the request.
 */
public final class LlmPhaseHandler extends SiteHandler {
  private final int phase;

  /** Makes a handler for one of the phases that {@link PhaseTimes} numbers. */
  public LlmPhaseHandler(int phase) {
    this.phase = phase;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Frame top = FrameStack.current().top();
    RequestFrame request = top == null ? null : top.openRequest();
    PhaseTimes phases = request == null ? null : request.facts().phases();
    if (phases == null) {
      return null;
    }
    phases.began(phase, System.nanoTime());
    return phases;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    PhaseTimes phases = (PhaseTimes) token;
    long now = System.nanoTime();
    long start = phases.ended(phase, now);
    if (start == 0 || !(result instanceof CompletableFuture<?> future) || future.isDone()) {
      return result;
    }
    return FollowedFuture.of(
        future,
        (value, error) -> {
          phases.add(phase, System.nanoTime() - now);
          return value;
        });
  }
}
