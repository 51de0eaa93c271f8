package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A publisher each of whose subscriptions is a run, unless somebody subscribes within a run. The
 * run ends when the publisher ends, or when the subscriber cancels.
 */
final class RunPublisher extends WatchedPublisher {
  private final EventStream events;

  /** What each run is like. */
  private final Run model;

  private final boolean begun;
  private final Object passedAlong;

  /** Whether somebody has subscribed. */
  private final AtomicBoolean subscribed = new AtomicBoolean();

  private RunPublisher(EventStream events, Run model, boolean begun, Object passedAlong) {
    this.events = events;
    this.model = model;
    this.begun = begun;
    this.passedAlong = passedAlong;
  }

  /** Returns a wrapper whose first subscription goes on with a run that has begun. */
  static RunPublisher goingOn(EventStream events, Run run) {
    return new RunPublisher(events, run, true, null);
  }

  /**
   * Returns a wrapper whose subscriptions all begin a run.
   *
   * @param model what each run is like; the first one has its id
   * @param passedAlong the object that the library passes along with the work, or {@code null}
   */
  static RunPublisher later(EventStream events, Run model, Object passedAlong) {
    return new RunPublisher(events, model, false, passedAlong);
  }

  /** Returns a publisher that wraps one of the JDK's interface. */
  Object inFrontOfFlow(Flow.Publisher<?> publisher) {
    Object multi = inFrontOfMulti(publisher);
    if (multi != publisher) {
      return multi;
    }
    Object watched = inFrontOf((Object) publisher);
    return watched == publisher ? inFrontOf(publisher) : watched;
  }

  /** Returns a generator of LangGraph4j that wraps one: the run begins and ends with it. */
  Object inFrontOfGenerator(Object generator) {
    boolean goesOn = isFirst() && begun;
    Run run = goesOn ? model : newRun();
    if (!goesOn) {
      events.began(run);
    }
    return new RunGenerator(generator, events, run).inFront();
  }

  private boolean isFirst() {
    return subscribed.compareAndSet(false, true);
  }

  private Run newRun() {
    return events.newRun(model.scenario(), model.conversation());
  }

  @Override
  protected Carrier carrier(Object subscriber) {
    if (begun && isFirst()) { // wherever that is, for nothing else would end the run
      return new Subscription(model, false);
    }
    RunCarrier outer = RunCarrier.of(FrameStack.current(), subscriber, null);
    if (outer != null && outer.run() != null) {
      return outer;
    }
    Run run = newRun();
    if (isFirst()) {
      run.identify(model.id());
    }
    RunContexts.put(passedAlong, run);
    return new Subscription(run, true);
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

    /** When the first value came, by {@link System#nanoTime}; 0 before. */
    private volatile long firstNanos;

    Subscription(Run run, boolean begins) {
      this.run = run;
      this.begins = begins;
      carrier = RunCarrier.of(run, FrameStack.current().experiment());
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
      if (firstNanos == 0) {
        firstNanos = System.nanoTime();
      }
    }

    @Override
    public void failed(Throwable error) {
      end(Errors.outcome(error), error);
    }

    @Override
    public void completed() {
      end(null, null);
    }

    @Override
    public void cancelled() {
      end(Run.CANCELLED, null);
    }

    /** Ends the run; one whose requests are not measured began to answer with its first value. */
    private void end(String outcome, Throwable error) {
      if (firstNanos != 0) {
        run.iterated(firstNanos);
      }
      events.ended(run, System.nanoTime(), outcome, error, null);
    }
  }
}
