package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.ReactorContexts;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.events.Run;

/**
 * Takes a run along with a subscription: each thread that handles a signal of the subscription
 * works for the run meanwhile, and publishers of Reactor above find the run in the subscriber's
 * context. Immutable.
 */
public final class RunCarrier implements WatchedPublisher.Carrier {
  private static final String KEY = "io.metricsagent.run";

  /** Whether a run was ever carried. Before that, no context of a subscriber is read. */
  private static volatile boolean used;

  private final Run run;

  private RunCarrier(Run run) {
    this.run = run;
    if (!used) {
      used = true;
    }
  }

  /** Returns a carrier for a run, or {@code null} if {@code run} is {@code null}. */
  public static RunCarrier of(Run run) {
    return run == null ? null : new RunCarrier(run);
  }

  /**
   * Returns a carrier for the run that a subscription belongs to: that of the thread that
   * subscribes, else that in the subscriber's context; {@code null} for the run of the process.
   */
  public static RunCarrier of(FrameStack stack, Object subscriber) {
    Run run = stack.run();
    return of(run == null && used ? in(ReactorContexts.of(subscriber)) : run);
  }

  /** Returns the run in a context of Reactor, or {@code null}. */
  public static Run in(Object context) {
    return used && ReactorContexts.get(context, KEY) instanceof Run run ? run : null;
  }

  @Override
  public Object attach() {
    return FrameStack.current().adopt(run);
  }

  @Override
  public void detach(Object before) {
    FrameStack.current().adopt((Run) before);
  }

  @Override
  public Object context(Object context) {
    return ReactorContexts.get(context, KEY) == run
        ? context
        : ReactorContexts.with(context, KEY, run);
  }
}
