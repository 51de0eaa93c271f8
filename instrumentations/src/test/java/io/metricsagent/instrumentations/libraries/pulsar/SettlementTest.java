package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a settlement counts. */
class SettlementTest {
  private final PulsarSession session = new PulsarSession();
  private final Consumer consumer = session.consumer(SubscriptionType.Shared, null);
  private final Transactions transactions = new Transactions();

  @BeforeEach
  void receive() {
    session.handOver(consumer, PulsarSession.message(1));
  }

  private Settlement settlement(Outcome outcome, Transactions.Held transaction) {
    return new Settlement(
        session.tracker.consumer(consumer), Ids.of(new Id(7, 1, -1), false), outcome, transaction);
  }

  private void assertCounts(long acked, long dead) {
    assertThat(session.recorded.mailbox().acked()).as("acked").isEqualTo(acked);
    assertThat(session.recorded.mailbox().deadLettered()).as("dead").isEqualTo(dead);
  }

  @Test
  void itCountsAtOnceIfTheFutureIsDone() {
    settlement(Outcome.ACKED, null).after(CompletableFuture.completedFuture(null));
    assertCounts(1, 0);
  }

  @Test
  void itCountsWithItsOutcomeWhenTheFutureCompletes() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    settlement(Outcome.DEAD_LETTERED, null).after(future);
    assertCounts(0, 0);

    future.complete(null);
    assertCounts(0, 1);
  }

  @Test
  void itCountsNothingIfTheFutureFails() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    settlement(Outcome.ACKED, null).after(future);
    future.completeExceptionally(new IllegalStateException("refused"));

    assertCounts(0, 0);
    assertThat(session.tracker.consumer(consumer).unsettled()).isEqualTo(1);
  }

  @Test
  void itIsPartOfItsTransactionAndCountsWithThat() {
    Object transaction = new Object();
    Object acknowledgement = new Object();
    transactions.registered(transaction, acknowledgement);
    settlement(Outcome.ACKED, transactions.take(acknowledgement))
        .after(CompletableFuture.completedFuture(null));
    assertCounts(0, 0);

    transactions.committed(transaction);
    assertCounts(1, 0);
  }

  @Test
  void whatFailsInATransactionDoesNotCountWithThat() {
    Object transaction = new Object();
    Object acknowledgement = new Object();
    transactions.registered(transaction, acknowledgement);
    settlement(Outcome.ACKED, transactions.take(acknowledgement))
        .after(CompletableFuture.failedFuture(new IllegalStateException("conflict")));

    transactions.committed(transaction);
    assertCounts(0, 0);
  }

  @Test
  void itCountsNothingAfterTheConsumerWasClosed() {
    Settlement late = settlement(Outcome.ACKED, null);
    session.close(consumer);
    late.after(CompletableFuture.completedFuture(null));

    assertCounts(0, 0);
  }
}
