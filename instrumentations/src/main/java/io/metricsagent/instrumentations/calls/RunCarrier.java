package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.access.ReactorContexts;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.events.Run;

/**
 * Takes a run and an experiment along with a subscription: each thread that handles a signal of the
 * subscription works for them meanwhile, and publishers of Reactor above find them in the
 * subscriber's context. Immutable.
 */
public final class RunCarrier implements WatchedPublisher.Carrier {
  private static final String KEY = "io.metricsagent.run";

  /** Whether anything was ever carried. Before that, no context of a subscriber is read. */
  private static volatile boolean used;

  private final Run run;
  private final String experiment;

  /** What a thread worked for before, if that was an experiment. */
  private record Before(Run run, String experiment) {}

  private RunCarrier(Run run, String experiment) {
    this.run = run;
    this.experiment = experiment;
    if (!used) {
      used = true;
    }
  }

  /** Returns a carrier; {@code null} if both arguments are {@code null}. */
  public static RunCarrier of(Run run, String experiment) {
    return run == null && experiment == null ? null : new RunCarrier(run, experiment);
  }

  /**
   * Returns a carrier for what a subscription belongs to: that of the thread that subscribes, else
   * that in the subscriber's context; {@code null} for the run of the process and the experiment of
   * the settings.
   *
   * @param said the experiment that the application says on this thread, or {@code null}
   */
  public static RunCarrier of(FrameStack stack, Object subscriber, String said) {
    Run run = stack.run();
    String experiment = said == null ? stack.experiment() : said;
    if ((run == null || experiment == null) && used) {
      RunCarrier carried = carrierIn(ReactorContexts.of(subscriber));
      if (carried != null) {
        run = run == null ? carried.run : run;
        experiment = experiment == null ? carried.experiment : experiment;
      }
    }
    return of(run, experiment);
  }

  private static RunCarrier carrierIn(Object context) {
    return ReactorContexts.get(context, KEY) instanceof RunCarrier carried ? carried : null;
  }

  /** Returns the run in a context of Reactor, or {@code null}. */
  public static Run in(Object context) {
    RunCarrier carried = used ? carrierIn(context) : null;
    return carried == null ? null : carried.run;
  }

  /** Returns the run; {@code null} for that of the process. */
  public Run run() {
    return run;
  }

  @Override
  public Object attach() {
    FrameStack stack = FrameStack.current();
    String around = stack.adoptExperiment(experiment);
    Run before = stack.adopt(run);
    if (run == null) {
      stack.adopt(before);
    }
    return around == null ? before : new Before(before, around);
  }

  @Override
  public void detach(Object before) {
    FrameStack stack = FrameStack.current();
    if (before instanceof Before both) {
      stack.adopt(both.run);
      stack.adoptExperiment(both.experiment);
    } else {
      stack.adopt((Run) before);
      stack.adoptExperiment(null);
    }
  }

  @Override
  public Object context(Object context) {
    return carries(carrierIn(context)) ? context : ReactorContexts.with(context, KEY, this);
  }

  private boolean carries(RunCarrier other) {
    return other != null && other.run == run && equal(other.experiment, experiment);
  }

  private static boolean equal(String a, String b) {
    return a == null ? b == null : a.equals(b);
  }
}
