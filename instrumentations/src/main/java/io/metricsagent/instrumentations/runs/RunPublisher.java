package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A publisher each of whose subscriptions is a run, unless somebody subscribes within a run. The
 * run ends when the publisher ends, or when the subscriber cancels.
 */
final class RunPublisher extends WatchedPublisher {
  private final EventStream events;
  private final String scenario;
  private final String conversation;

  /** The run that the first subscription goes on with; {@code null} once it has. */
  private final AtomicReference<Run> begun;

  /**
   * Makes a wrapper.
   *
   * @param begun a run that has begun already, or {@code null}
   */
  RunPublisher(EventStream events, String scenario, String conversation, Run begun) {
    this.events = events;
    this.scenario = scenario;
    this.conversation = conversation;
    this.begun = new AtomicReference<>(begun);
  }

  /**
   * Returns a publisher that wraps one of the JDK's interface; {@code publisher} itself if it is of
   * a type of its own, which the caller may expect.
   */
  Object inFrontOfFlow(Flow.Publisher<?> publisher) {
    Object watched = inFrontOf((Object) publisher);
    return watched == publisher && isOfTheJdk(publisher) ? inFrontOf(publisher) : watched;
  }

  private static boolean isOfTheJdk(Flow.Publisher<?> publisher) {
    for (Class<?> c = publisher.getClass(); c != null; c = c.getSuperclass()) {
      if (c.getName().startsWith("io.smallrye.mutiny.")) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected Carrier carrier(Object subscriber) {
    RunCarrier outer = RunCarrier.of(FrameStack.current(), subscriber);
    if (outer != null) {
      return outer;
    }
    Run first = begun.getAndSet(null);
    return first == null
        ? new Subscription(events.newRun(scenario, conversation), true)
        : new Subscription(first, false);
  }

  @Override
  protected Signals subscribing() {
    return null;
  }

  @Override
  protected Signals subscribing(Carrier carrier) {
    if (!(carrier instanceof Subscription subscription)) {
      return null;
    }
    if (subscription.begins) {
      events.began(subscription.run);
    }
    return subscription;
  }

  @Override
  protected void subscribed(Signals signals) {
    // The run goes on.
  }

  /** One run: what goes along with the subscription, and what sees its end. */
  private final class Subscription implements Carrier, Signals {
    private final Run run;
    private final boolean begins;
    private final RunCarrier carrier;

    Subscription(Run run, boolean begins) {
      this.run = run;
      this.begins = begins;
      carrier = RunCarrier.of(run);
    }

    @Override
    public Object attach() {
      return carrier.attach();
    }

    @Override
    public void detach(Object before) {
      carrier.detach(before);
    }

    @Override
    public Object context(Object context) {
      return carrier.context(context);
    }

    @Override
    public void next(Object value) {
      // A piece of the answer; the events of the requests say more about it.
    }

    @Override
    public void failed(Throwable error) {
      events.ended(run, System.nanoTime(), Errors.outcome(error), error, null);
    }

    @Override
    public void completed() {
      events.ended(run, System.nanoTime(), null, null, null);
    }

    @Override
    public void cancelled() {
      events.ended(run, System.nanoTime(), Run.CANCELLED, null, null);
    }
  }
}
