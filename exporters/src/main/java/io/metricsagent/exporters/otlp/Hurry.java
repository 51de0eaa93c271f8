package io.metricsagent.exporters.otlp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells that the JVM ends and that nothing may wait for a retry any more. Thread-safe. */
final class Hurry {
  private final CountDownLatch begun = new CountDownLatch(1);

  /** Ends all pauses, current and future ones. */
  void begin() {
    begun.countDown();
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** Waits for some nanoseconds, or until {@link #begin} is called. */
  void pause(long nanos) throws InterruptedException {
    begun.await(nanos, TimeUnit.NANOSECONDS);
  }
}
