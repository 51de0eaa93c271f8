package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** A message takes no memory once its channel and its queue are known. */
class MessagesAllocateNothingTest {
  private static final int MESSAGES = 100_000;

  /** What the measurement itself may take; one object a message would be 1.6 MB. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final MailboxMetrics mailbox = new Recorded().registry().mailbox("orders", "kafka");
  private final TagTable table = new TagTable();
  private final UnsettledCounts counts = new UnsettledCounts();
  private long tag;

  @Test
  void ofAChannel() {
    assertAllocatesNothing(
        () -> {
          table.delivered(++tag, mailbox, 1);
          table.settle(tag, Outcome.ACKED);
        });
  }

  @Test
  void ofAChannelThatSettlesManyAtOnce() {
    assertAllocatesNothing(
        () -> {
          table.delivered(++tag, mailbox, 1);
          if (tag % 100 == 0) {
            table.settleUpTo(tag, Outcome.ACKED);
          }
        });
  }

  @Test
  void ofASession() {
    assertAllocatesNothing(
        () -> {
          counts.delivered(mailbox, 1);
          counts.settleAll(Outcome.ACKED);
        });
  }

  @Test
  void ofAQueueWithinTheProcess() {
    Object queue = new Object();
    WeakTable<Object, WeakReference<Object>> queues = new WeakTable<>(64);
    queues.putIfAbsent(queue, new WeakReference<>(queue));
    StampTable stamps = new StampTable(System::nanoTime);
    assertAllocatesNothing(
        () -> {
          if (queues.get(queue) != null) {
            stamps.put(mailbox);
            mailbox.recordReceived(-1, stamps.take(mailbox), AgeSource.LOCAL);
          }
        });
  }

  @Test
  void ofItsAge() {
    assertAllocatesNothing(
        () -> mailbox.recordDelivered(1, 1, 1_000, 2_000, AgeSource.PRODUCER_CLOCK));
  }

  private static void assertAllocatesNothing(Runnable message) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    allocatedBytes(message);
    allocatedBytes(message);
    assertThat(allocatedBytes(message)).isLessThan(TOLERATED_BYTES);
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
