package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.testing.Garbage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was acknowledged in transactions. */
class TransactionsTest {
  private final PulsarSession session = new PulsarSession();
  private final Consumer consumer = session.consumer(SubscriptionType.Shared, null);
  private final Transactions transactions = new Transactions();
  private final Object transaction = new Object();

  private void receive(int messages) {
    for (int entry = 1; entry <= messages; entry++) {
      session.handOver(consumer, PulsarSession.message(entry));
    }
  }

  private Transactions.Held begin(Object of) {
    Object acknowledgement = new Object();
    transactions.registered(of, acknowledgement);
    return transactions.take(acknowledgement);
  }

  private void acknowledge(Object in, int entry) {
    add(begin(in), entry);
  }

  private void add(Transactions.Held held, int entry) {
    held.add(session.tracker.consumer(consumer), Ids.of(new Id(7, entry, -1), false));
  }

  private long acked() {
    return session.recorded.mailbox().acked();
  }

  @Test
  void anAcknowledgementIsFoundOnceByItsFuture() {
    Object acknowledgement = new Object();
    transactions.registered(transaction, acknowledgement);

    assertThat(transactions.take(new Object())).isNull();
    assertThat(transactions.take(acknowledgement)).isNotNull();
    assertThat(transactions.take(acknowledgement)).isNull();
  }

  @Test
  void allAcknowledgementsOfATransactionCountWithItsCommitAndOnce() {
    receive(3);
    acknowledge(transaction, 1);
    acknowledge(transaction, 2);
    assertThat(acked()).isZero();

    transactions.committed(transaction);
    transactions.committed(transaction);

    assertThat(acked()).isEqualTo(2);
    assertThat(transactions.isEmpty()).isTrue();
  }

  @Test
  void noneCountsThatIsRolledBackAndTheMessagesStayUnsettled() {
    receive(2);
    acknowledge(transaction, 1);
    transactions.rolledBack(transaction);
    transactions.committed(transaction);

    assertThat(acked()).isZero();
    assertThat(session.tracker.consumer(consumer).unsettled()).isEqualTo(2);
    assertThat(transactions.isEmpty()).isTrue();
  }

  @Test
  void eachTransactionHasItsOwnAcknowledgements() {
    receive(2);
    Object other = new Object();
    acknowledge(transaction, 1);
    acknowledge(other, 2);
    transactions.rolledBack(other);
    transactions.committed(transaction);

    assertThat(acked()).isEqualTo(1);
    assertThat(session.tracker.consumer(consumer).unsettled()).isEqualTo(1);
  }

  /** The end takes what there was; what comes later would be held for nothing. */
  @Test
  void whatTheBrokerTakesAfterTheEndIsNotPartOfIt() {
    receive(2);
    Transactions.Held rolledBack = begin(transaction);
    add(rolledBack, 1);
    assertThat(rolledBack.size()).isEqualTo(1);
    transactions.rolledBack(transaction);
    assertThat(rolledBack.size()).isZero();
    add(rolledBack, 2);

    assertThat(rolledBack.size()).isZero();
    assertThat(acked()).isZero();
  }

  @Test
  void aTransactionThatTheApplicationDropsIsForgotten() {
    drop();

    assertThat(Garbage.collectUntil(transactions::isEmpty)).isTrue();
  }

  private void drop() {
    acknowledge(new Object(), 1);
    transactions.registered(new Object(), new Object()); // was never sent
  }

  @Test
  void acknowledgementsBeyondTheBoundDoNotCount() {
    int beyond = 5;
    receive(Transactions.MAX_ACKS + beyond);
    Transactions.Held held = begin(transaction);
    for (int entry = 1; entry <= Transactions.MAX_ACKS + beyond; entry++) {
      add(held, entry);
    }
    transactions.committed(transaction);

    assertThat(acked()).isEqualTo(Transactions.MAX_ACKS);
  }

  @Test
  void transactionsBeyondTheBoundDoNotCount() {
    List<Object> open = new ArrayList<>(); // so that none is collected
    for (int i = 0; i < Transactions.MAX_TRANSACTIONS; i++) {
      Object one = new Object();
      open.add(one);
      begin(one);
    }
    receive(1);
    acknowledge(transaction, 1);
    transactions.committed(transaction);

    assertThat(acked()).isZero();
    open.forEach(transactions::rolledBack);
    assertThat(transactions.isEmpty()).isTrue();
  }
}
