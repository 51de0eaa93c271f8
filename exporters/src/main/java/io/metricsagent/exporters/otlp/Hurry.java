package io.metricsagent.exporters.otlp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the JVM ends, after which nothing waits to be tried again. Thread-safe. */
final class Hurry {
  private final CountDownLatch begun = new CountDownLatch(1);

  /** Ends all pauses. */
  void begin() {
    begun.countDown();
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** Waits, until the hurry begins at most. */
  void pause(long nanos) throws InterruptedException {
    begun.await(nanos, TimeUnit.NANOSECONDS);
  }
}
