package io.metricsagent.agent.flush;

/** What the flush thread waits for; tests script it. */
interface Occasions {
  /** Why the flush thread goes on. */
  enum Occasion {
    /** The interval is over. */
    INTERVAL,
    /** Somebody wants a flush now. */
    NOW,
    /** The JVM ends, and nothing of the application's runs any more. */
    END
  }

  /**
   * Waits for the next occasion; interrupts are nobody's wish and are ignored.
   *
   * @param untilNanos when the interval is over, on the clock of the loop
   */
  Occasion next(long untilNanos);
}
