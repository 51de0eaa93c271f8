package io.metricsagent.instrumentations.mailboxes;

import static io.metricsagent.instrumentations.testing.Allocations.assertAllocatesNothing;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** A message takes no memory once its channel and its queue are known. */
class MessagesAllocateNothingTest {
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
}
