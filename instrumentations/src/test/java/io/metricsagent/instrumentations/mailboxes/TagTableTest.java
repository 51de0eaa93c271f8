package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTableTest {
  private final Recorded recorded = new Recorded();
  private final MailboxMetrics orders = recorded.registry().mailbox("orders", "rabbitmq");
  private final TagTable table = new TagTable();

  private void deliver(long first, long last) {
    for (long tag = first; tag <= last; tag++) {
      table.delivered(tag, orders, 0);
    }
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  @Test
  void aMessageIsSettledOnce() {
    deliver(1, 3);
    table.settle(2, Outcome.ACKED);
    table.settle(2, Outcome.ACKED);
    table.settle(2, Outcome.NACKED);

    assertThat(mailbox().acked()).isEqualTo(1);
    assertThat(mailbox().nacked()).isZero();
    assertThat(table.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 4, 65, 1 << 20})
  void anUnknownNumberSettlesNothing(long tag) {
    deliver(1, 3);
    table.settle(tag, Outcome.ACKED);

    assertThat(mailbox().acked()).isZero();
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void allUpToANumberAreSettledWithoutThoseThatWereSettledBefore() {
    deliver(1, 300);
    table.settle(7, Outcome.NACKED);
    table.settleUpTo(200, Outcome.ACKED);
    table.settleUpTo(200, Outcome.ACKED);

    assertThat(mailbox().acked()).isEqualTo(199);
    assertThat(mailbox().nacked()).isEqualTo(1);
    assertThat(table.size()).isEqualTo(100);
  }

  @Test
  void messagesOfSeveralQueuesAreCountedInTheirOwn() {
    MailboxMetrics bills = recorded.registry().mailbox("bills", "rabbitmq");
    table.delivered(1, orders, 0);
    table.delivered(2, bills, 0);
    table.delivered(3, bills, 0);
    table.settleAll(Outcome.DEAD_LETTERED);

    assertThat(recorded.mailboxes())
        .extracting(MailboxSnapshot::deadLettered)
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aHundredThousandMessagesAreSettledWithOneCall() {
    deliver(1, 100_000);
    assertThat(table.size()).isEqualTo(100_000);
    table.settleUpTo(100_000, Outcome.ACKED);

    assertThat(mailbox().acked()).isEqualTo(100_000);
    assertThat(table.unfollowed()).isZero();
  }

  @Test
  void theFirstMessageMayStayUnsettledWhileMillionsPass() {
    deliver(1, 1);
    for (long tag = 2; tag <= 1_000_000; tag++) {
      table.delivered(tag, orders, 0);
      table.settle(tag, Outcome.ACKED);
    }
    table.settle(1, Outcome.NACKED);

    assertThat(mailbox().nacked()).isEqualTo(1);
    assertThat(mailbox().acked() + table.unfollowed()).isEqualTo(999_999);
    assertThat(table.unfollowed()).isLessThan(2 * TagChunk.LENGTH * 4);
    assertThat(table.size()).isZero();
  }

  @Test
  void theTableIsBounded() {
    deliver(1, TagTable.MAX_SPAN + 1_000);

    assertThat(table.size()).isLessThanOrEqualTo(TagTable.MAX_SPAN);
    assertThat(table.size() + table.unfollowed()).isEqualTo(TagTable.MAX_SPAN + 1_000);
  }

  @Test
  void forgottenMessagesAreNotCounted() {
    table.holdUntilCommit();
    deliver(1, 10);
    table.settle(1, Outcome.ACKED);
    table.forgetAll();
    table.commit();
    table.settleAll(Outcome.ACKED);

    assertThat(mailbox().acked()).isZero();
    assertThat(table.size()).isZero();
  }

  @Test
  void aTransactionsSettlementsCountWhenItIsCommitted() {
    table.holdUntilCommit();
    deliver(1, 5);
    table.settleUpTo(3, Outcome.ACKED);
    table.settle(4, Outcome.DEAD_LETTERED);
    assertThat(mailbox().acked()).isZero();

    table.commit();
    table.commit();
    assertThat(mailbox().acked()).isEqualTo(3);
    assertThat(mailbox().deadLettered()).isEqualTo(1);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aRolledBackSettlementLeavesItsMessageUnsettled() {
    table.holdUntilCommit();
    deliver(1, 5);
    table.settleUpTo(3, Outcome.ACKED);
    table.rollback();
    assertThat(table.size()).isEqualTo(5);

    table.settle(2, Outcome.ACKED);
    table.commit();
    assertThat(mailbox().acked()).isEqualTo(1);
    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void knowsItsOldestMessage() {
    table.delivered(1, orders, 1_000);
    table.delivered(2, orders, 2_000);
    table.delivered(3, orders, 0);
    LevelSample none = new LevelSample();
    sample().record(5_000, none);
    assertThat(mailbox().oldestAgeMillis()).isEqualTo(4_000);

    table.settle(1, Outcome.ACKED);
    sample().record(5_000, none);
    assertThat(mailbox().oldestAgeMillis()).isEqualTo(3_000);
  }

  private LevelSample sample() {
    LevelSample sample = new LevelSample();
    table.sample(sample);
    return sample;
  }

  /** One thread delivers, two settle by turns one message or all up to one. */
  @Test
  void threadsThatDeliverAndSettleCountEachMessageOnce() throws InterruptedException {
    int messages = 300_000;
    int prefetch = 5_000;
    AtomicLong delivered = new AtomicLong();
    AtomicLong settled = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      threads.add(
          new Thread(
              () -> {
                long last = 0;
                while (last < messages) {
                  long now = delivered.get();
                  for (long tag = last + 1; tag <= now; tag++) {
                    if (tag % 3 == 0) {
                      table.settleUpTo(tag, Outcome.ACKED);
                    } else {
                      table.settle(tag, Outcome.NACKED);
                    }
                  }
                  last = now;
                  settled.accumulateAndGet(last, Math::max);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (long tag = 1; tag <= messages; tag++) {
      while (tag - settled.get() > prefetch) {
        Thread.onSpinWait();
      }
      table.delivered(tag, orders, tag);
      delivered.set(tag);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    table.settleAll(Outcome.ACKED);

    assertThat(mailbox().acked() + mailbox().nacked()).isEqualTo(messages);
    assertThat(table.unfollowed()).isZero();
    assertThat(table.size()).isZero();
  }

  @Test
  void messagesAreSettledAtOnceInATransactionToo() {
    table.holdUntilCommit();
    deliver(1, 3);
    table.settle(1, Outcome.ACKED);
    table.settleNowUpTo(3, Outcome.NACKED);
    assertThat(mailbox().nacked()).isEqualTo(2);
    assertThat(mailbox().acked()).isZero();

    table.commit();
    assertThat(mailbox().nacked()).isEqualTo(2);
    assertThat(mailbox().acked()).isEqualTo(1);
  }
}
