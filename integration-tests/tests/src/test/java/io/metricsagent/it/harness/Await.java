package io.metricsagent.it.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for the effects of another process. */
public final class Await {
  private static final long LOOK_AGAIN_NANOS = 20_000_000;

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @throws AssertionError with the explanation if it does not hold in time
   */
  public static void until(
      BooleanSupplier condition, Duration patience, Supplier<String> explanation) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + explanation.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
