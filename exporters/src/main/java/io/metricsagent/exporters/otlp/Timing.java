package io.metricsagent.exporters.otlp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The clock, pauses and random numbers of the retries, which tests replace.
 *
 * @param nanoTime the clock, as {@link System#nanoTime}
 * @param pause waits for a number of nanoseconds
 * @param random supplies numbers from 0 to 1, for the jitter
 */
record Timing(LongSupplier nanoTime, Pause pause, DoubleSupplier random) {
  /** Waits. */
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  static Timing system(Hurry hurry) {
    return new Timing(
        System::nanoTime, hurry::pause, () -> ThreadLocalRandom.current().nextDouble());
  }
}
