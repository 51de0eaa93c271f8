package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTableTest {
  private static final long NOW = 1_000_000;

  private final Recorded recorded = new Recorded();
  private final MailboxMetrics orders = recorded.registry().mailbox("orders", "aws_sqs");
  private final ReceiptTable table = new ReceiptTable();
  private final Object application = new Object();
  private final SqsClient client = new SqsClient(application);

  private void deliver(long number) {
    table.delivered(number, ReceiptSet.UNSETTLED, client, orders, 1, 1, NOW + 30_000);
  }

  private static long number(int i) {
    return Receipts.numberOf("receipt " + i);
  }

  @Test
  void aDeliveryIsSettledOnce() {
    deliver(number(1));
    table.settle(number(1), Outcome.NACKED, orders, NOW);
    table.settle(number(1), Outcome.ACKED, orders, NOW);

    assertThat(recorded.mailbox().nacked()).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isZero();
    assertThat(table.unsettled()).isZero();
  }

  @Test
  void aTableThatIsFullForgetsAndStillCounts() {
    int messages = 4 * ReceiptTable.SETS * ReceiptSet.PLACES;
    for (int i = 0; i < messages; i++) {
      deliver(number(i));
    }
    assertThat(table.unsettled()).isEqualTo(ReceiptTable.SETS * ReceiptSet.PLACES);

    for (int i = 0; i < messages; i++) {
      table.settle(number(i), Outcome.ACKED, orders, NOW);
    }
    assertThat(recorded.mailbox().acked()).isEqualTo(messages);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, ReceiptSet.PLACES - 1})
  void aFullSetForgetsTheMessageThatIsVisibleFirst(int first) {
    ReceiptSet set = new ReceiptSet();
    for (int i = 0; i <= ReceiptSet.PLACES; i++) {
      long visible = i == first ? NOW : NOW + 1_000 + i;
      set.put(number(i), ReceiptSet.UNSETTLED, client, orders, 1, 1, visible);
    }

    for (int i = 0; i <= ReceiptSet.PLACES; i++) {
      assertThat(set.find(number(i)) < 0).as("forgotten: " + i).isEqualTo(i == first);
    }
  }

  /** The receipt of a message that another process received. */
  @Test
  void aSettlementOfAnUnknownReceiptIsRememberedForLongerThanDeliveriesAreHidden() {
    table.settle(inFirstSet(0), Outcome.ACKED, orders, NOW);
    for (int i = 1; i <= ReceiptSet.PLACES; i++) {
      deliver(inFirstSet(i));
    }
    table.settle(inFirstSet(0), Outcome.ACKED, orders, NOW);

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  /** Returns numbers that fall into the first set of the table. */
  private static long inFirstSet(int i) {
    return (i + 1L) * ReceiptTable.SETS << ReceiptSet.STATE_BITS;
  }

  @Test
  void everyDeliveryToAClosedClientIsForgotten() {
    deliver(inFirstSet(1));
    for (int i = 0; i < 10 * ReceiptTable.SETS; i++) {
      deliver(number(i));
    }
    table.forget(client);

    assertThat(table.unsettled()).isZero();
  }

  @Test
  void theDeliveriesToOtherClientsStayWhenOneIsClosed() {
    SqsClient other = new SqsClient(application);
    deliver(number(1));
    table.delivered(number(2), ReceiptSet.UNSETTLED, other, orders, 1, 1, NOW);
    table.forget(client);

    assertThat(table.unsettled()).isEqualTo(1);
  }

  @Test
  void whatIsToldOnceIsNoNews() {
    assertThat(table.isNews(number(1), NOW)).isTrue();
    assertThat(table.isNews(number(1), NOW)).isFalse();
    assertThat(table.isNews(number(2), NOW)).isTrue();
  }

  @Test
  void threadsThatSettleTheSameDeliveriesCountEachOnce() throws Exception {
    int messages = 10_000;
    int threads = 4;
    for (int i = 0; i < messages; i++) {
      deliver(number(i));
    }
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      tasks.add(
          () -> {
            start.await();
            for (int i = 0; i < messages; i++) {
              table.settle(number(i), Outcome.ACKED, orders, NOW);
            }
            return null;
          });
    }
    for (Future<Void> task : pool.invokeAll(tasks)) {
      task.get();
    }
    pool.shutdown();

    assertThat(recorded.mailbox().acked()).isEqualTo(messages);
  }
}
