package io.metricsagent.exporters.otlp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The clock and the waits of the retries, so that tests need not wait.
 *
 * @param nanoTime as {@link System#nanoTime}
 * @param pause waits for nanoseconds
 * @param random from 0 to 1, for the jitter
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
