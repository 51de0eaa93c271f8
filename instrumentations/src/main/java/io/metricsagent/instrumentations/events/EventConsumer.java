package io.metricsagent.instrumentations.events;

/**
 * Keeps, sums or exports events. All methods are called by one thread of the agent, one after the
 * other, so an implementation needs no locks.
 *
 * <p>An object is made while the application waits for its first woven class. The constructor
 * should therefore open no files and load few classes; the first call of {@link #accept} may.
 *
 * <p>If a method throws, the fault is logged once and the events go on, for this consumer and the
 * others. A slow consumer delays the others, and events are dropped and counted meanwhile.
 */
public interface EventConsumer {
  /** Which events a consumer needs. Events that no consumer needs cost the application nothing. */
  enum Interest {
    /** Beginnings and ends of runs, and events of the application. */
    RUNS,

    /** All events of runs that are sampled; of other runs only their beginnings and ends. */
    SAMPLED_RUNS,

    /** All events. */
    EVERYTHING
  }

  /** Returns which events this consumer needs; called once. It gets no others. */
  default Interest interest() {
    return Interest.EVERYTHING;
  }

  /**
   * Takes an event.
   *
   * @param event valid during this call only: the object is used again for another event
   */
  void accept(CallEvent event);

  /**
   * Called about once a second, also if there are no events.
   *
   * @param epochMillis the wall clock's time, in milliseconds since 1970
   */
  void tick(long epochMillis);

  /**
   * Called once, after the last event, when the JVM ends. Before it, each run that is still under
   * way has ended as failed with the error type {@link Run#INTERRUPTED}.
   */
  void close();

  /**
   * Called once, after {@link #close}, by the thread that ends the JVM; waits for what the consumer
   * still sends elsewhere, while the last export of the figures is under way.
   *
   * @param deadlineNanos when the wait must end, by {@link System#nanoTime}
   */
  default void await(long deadlineNanos) {
    // Most consumers are done when they are closed.
  }
}
