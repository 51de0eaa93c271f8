package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.FollowedFuture;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.PhaseTimes;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.results.ResultFamily;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A method that is a part of the request around it, on the same thread. If the method returns a
 * future, the phase ends with the future; if it returns a publisher, each subscription within a
 * request is a phase. The rule must replace the result, because the request may end with a future
 * that depends on this one.
 *
 * <p>The method has no frame: what it calls is called within the request.
 */
public final class LlmPhaseHandler extends SiteHandler {
  private final int phase;

  /** Makes a handler for one of the phases that {@link PhaseTimes} numbers. */
  public LlmPhaseHandler(int phase) {
    this.phase = phase;
  }

  /** Returns the phases of the request around; {@code null} if nobody wants to know them. */
  private static PhaseTimes around() {
    Frame top = FrameStack.current().top();
    RequestFrame request = top == null ? null : top.openRequest();
    return request == null ? null : request.facts().phases();
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    PhaseTimes phases = around();
    if (phases == null) {
      return null;
    }
    phases.began(phase, System.nanoTime());
    return phases;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    PhaseTimes phases = (PhaseTimes) token;
    ResultFamily family = result == null ? null : ResultFamily.of(result);
    if (family != null && family.waitsForSubscribers()) {
      phases.left(phase);
      return new Subscriptions(phase).inFrontOf(result);
    }
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

  /** Nothing of a phase happens before somebody subscribes. */
  private static final class Subscriptions extends WatchedPublisher {
    private final int phase;

    Subscriptions(int phase) {
      this.phase = phase;
    }

    @Override
    protected Signals subscribing() {
      PhaseTimes phases = around();
      return phases == null ? null : new Subscription(phases, phase);
    }

    @Override
    protected void subscribed(Signals signals) {
      // The signals tell the end.
    }
  }

  /**
   * One subscription. The time that the subscriber takes for a value is not the phase's, and the
   * request may end while the subscriber has the last one.
   */
  private static final class Subscription implements WatchedPublisher.Signals {
    private final PhaseTimes phases;
    private final int phase;

    /** Since when the phase goes on; 0 while the subscriber has a value, and after the end. */
    private long sinceNanos = System.nanoTime() | 1;

    Subscription(PhaseTimes phases, int phase) {
      this.phases = phases;
      this.phase = phase;
    }

    @Override
    public void next(Object value) {
      completed();
    }

    @Override
    public void consumed(long nanos) {
      sinceNanos = System.nanoTime() | 1; // never 0
    }

    @Override
    public void failed(Throwable error) {
      completed();
    }

    @Override
    public void completed() {
      if (sinceNanos != 0) {
        phases.add(phase, System.nanoTime() - sinceNanos);
        sinceNanos = 0;
      }
    }

    @Override
    public void cancelled() {
      completed();
    }
  }
}
