package io.metricsagent.instrumentations.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures the memory that a thread takes for what happens at each message. */
public final class Allocations {
  private static final int MESSAGES = 100_000;

  /**
   * Rounds of messages, of which the cheapest one counts: the JVM takes memory when it compiles a
   * method handle, and a histogram when a message had to wait, once. An object of each message is
   * in every round.
   */
  private static final int ROUNDS = 6;

  /** What the measurement itself may take; one object a message would be 1.6 MB. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /** Fails if what happens at a message takes memory, once it has happened often. */
  public static void assertAllocatesNothing(Runnable message) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, allocatedBytes(message));
    }
    assertThat(least).isLessThan(TOLERATED_BYTES);
  }

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes(Runnable message) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < MESSAGES; i++) {
      message.run();
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
