package io.metricsagent.agent.flush;

/** What the flush thread waits for. Tests have an implementation of their own. */
interface Occasions {
  /** Why the flush thread stops waiting. */
  enum Occasion {
    /** The interval is over. */
    INTERVAL,
    /** A flush was requested. */
    NOW,
    /** The JVM ends, and the application's shutdown hooks have ended. */
    END
  }

  /**
   * Waits for the next occasion. Interrupts are ignored.
   *
   * @param untilNanos the time at which the interval is over, on the clock of the loop
   */
  Occasion next(long untilNanos);
}
