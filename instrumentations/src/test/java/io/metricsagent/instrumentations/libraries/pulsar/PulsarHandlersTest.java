package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.AckType;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Message;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the handlers of Pulsar's client record. */
class PulsarHandlersTest {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final PulsarSession session = new PulsarSession();
  private final Consumer shared = session.consumer(SubscriptionType.Shared, null);
  private final Consumer exclusive = session.consumer(SubscriptionType.Exclusive, null);

  private void assertCounts(long received, long acked, long nacked, long dead) {
    MailboxSnapshot mailbox = session.recorded.mailbox();
    assertThat(mailbox.received()).as("received").isEqualTo(received);
    assertThat(mailbox.acked()).as("acked").isEqualTo(acked);
    assertThat(mailbox.nacked()).as("nacked").isEqualTo(nacked);
    assertThat(mailbox.deadLettered()).as("dead").isEqualTo(dead);
  }

  private void receive(Consumer consumer, int messages) {
    for (int entry = 1; entry <= messages; entry++) {
      session.handOver(consumer, PulsarSession.message(entry));
    }
  }

  @Test
  void aMessageIsReceivedAndSettledOnceHoweverOftenItIsAcknowledged() {
    receive(shared, 1);
    session.acknowledge(shared, new Id(7, 1, -1));
    session.acknowledge(shared, new Id(7, 1, -1));
    session.acknowledge(shared, new Id(7, 99, -1));

    assertCounts(1, 1, 0, 0);
    assertThat(session.recorded.mailbox().queueName()).isEqualTo(PulsarSession.TOPIC);
    assertThat(session.recorded.mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(1);
  }

  @Test
  void anAcknowledgementCountsWhenItsFutureSaysThatItWasTaken() {
    receive(shared, 2);
    CompletableFuture<Void> taken = new CompletableFuture<>();
    CompletableFuture<Void> refused = new CompletableFuture<>();
    session.acknowledge(shared, new Id(7, 1, -1), AckType.Individual, taken);
    session.acknowledge(shared, new Id(7, 2, -1), AckType.Individual, refused);
    assertCounts(2, 0, 0, 0);

    taken.complete(null);
    refused.completeExceptionally(new IllegalStateException("not ready"));
    session.acknowledge(shared, new Id(7, 2, -1), AckType.Individual, refused);

    assertCounts(2, 1, 0, 0);
  }

  @Test
  void aCumulativeAcknowledgementSettlesTheMessagesUpToItsOwn() {
    receive(exclusive, 5);
    session.acknowledge(exclusive, new Id(7, 3, -1), AckType.Cumulative, DONE);
    session.acknowledge(exclusive, new Id(7, 3, -1), AckType.Cumulative, DONE);

    assertCounts(5, 3, 0, 0);
  }

  @Test
  void aListOfMessagesIsSettledMessageByMessage() {
    receive(shared, 3);
    session.acknowledge(shared, List.of(new Id(7, 1, -1), new Id(7, 3, -1)));

    assertCounts(3, 2, 0, 0);
  }

  @Test
  void theDeliveryCountIsKnownWhereASubscriptionIsShared() {
    session.handOver(shared, PulsarSession.message(PulsarSession.TOPIC, 1, -1, 2));
    session.handOver(exclusive, PulsarSession.message(PulsarSession.TOPIC, 1, -1, 0));

    assertThat(session.recorded.mailbox().deliveryCounts()).startsWith(0L, 0L, 1L, 0L);
    assertThat(session.recorded.mailbox().retries()).isEqualTo(2);
    assertCounts(2, 0, 0, 0);
  }

  @Test
  void anAgeIsByTheBrokersClockWhereItIsToldAndAbsentWhereNoneIs() {
    long now = System.currentTimeMillis();
    Id id = new Id(7, 1, -1);
    String topic = PulsarSession.TOPIC;
    session.handOver(shared, new Message(topic, null, id, 0, 1, Optional.of(now)));
    session.handOver(shared, new Message(topic, null, id, 0, 0, Optional.empty()));
    session.handOver(shared, new Message(topic, null, id, 0, now + 99_999_999, Optional.empty()));

    MailboxSnapshot mailbox = session.recorded.mailbox();
    assertThat(mailbox.ages(AgeSource.BROKER_CLOCK)).isEqualTo(1);
    assertThat(mailbox.ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(1);
    assertThat(mailbox.negativeAges()).isEqualTo(1);
    assertThat(mailbox.received()).isEqualTo(3);
  }

  @Test
  void anEntryThatIsGivenBackIsGivenBackWithAllItsUnsettledMessages() {
    for (int index = 0; index < 4; index++) {
      session.handOver(shared, PulsarSession.message(PulsarSession.TOPIC, 1, index, 0));
    }
    session.acknowledge(shared, new Id(7, 1, 0));
    session.redeliver(shared, new Id(7, 1, -1), CompletableFuture.completedFuture(false));
    session.redeliver(shared, new Id(7, 1, -1), CompletableFuture.completedFuture(false));

    assertCounts(4, 1, 3, 0);
  }

  @Test
  void aDeadLetterIsNeitherGivenBackNorAcknowledged() {
    receive(shared, 1);
    CompletableFuture<Boolean> dead = new CompletableFuture<>();
    session.redeliver(shared, new Id(7, 1, -1), dead);
    session.acknowledge(shared, new Id(7, 1, -1)); // by the client, once it has sent the letter
    dead.complete(true);

    assertCounts(1, 0, 0, 1);
  }

  @Test
  void aDeadLetterThatCannotBeSentIsGivenBack() {
    receive(shared, 2);
    CompletableFuture<Boolean> dead = new CompletableFuture<>();
    session.redeliver(shared, new Id(7, 1, -1), dead);
    dead.completeExceptionally(new IllegalStateException("no producer"));
    session.redeliver(shared, new Id(7, 2, -1), null);

    assertCounts(2, 0, 2, 0);
  }

  @Test
  void aMessageThatWasDeliveredTooOftenBecomesADeadLetterUnseen() {
    Id id = new Id(7, 1, -1);
    shared.possible.put(id, List.of("one", "other"));
    session.redeliver(shared, id, CompletableFuture.completedFuture(true));

    assertCounts(0, 0, 0, 2);
  }

  @Test
  void withOneMessageAnExclusiveConsumerGivesAllUnsettledOnesBack() {
    receive(exclusive, 3);
    session.acknowledge(exclusive, new Id(7, 1, -1));
    session.redeliverAll(exclusive);
    session.acknowledge(exclusive, new Id(7, 2, -1));

    assertCounts(3, 1, 2, 0);
  }

  @Test
  void aMessageForLaterIsAcknowledgedAndADeadLetterIsNot() {
    receive(shared, 3);
    consumeLater(1, DONE, false);
    consumeLater(2, DONE, true);
    consumeLater(3, CompletableFuture.failedFuture(new IllegalStateException()), true);

    assertCounts(3, 1, 0, 1);
  }

  private void consumeLater(int entry, CompletableFuture<?> result, boolean tooOften) {
    Object token =
        session.later.enter(shared, PulsarSession.message(entry), AckType.Individual, null);
    if (tooOften) {
      new DeadLetterHandler().enter(shared, null, null, null);
    }
    session.later.exit(token, result, null);
  }

  @Test
  void whatAnInnerConsumerFetchesCountsWhenTheOuterOneHandsItOver() {
    Consumer outer = session.make(new Consumer("outer"), SubscriptionType.Exclusive, null);
    String partition = PulsarSession.TOPIC + "-partition-3";
    Consumer inner = session.make(new Consumer(partition), SubscriptionType.Exclusive, null);
    session.receives(outer, inner);
    Message message = PulsarSession.message(partition, 1, -1, 0);
    session.handOver(inner, message);
    assertThat(session.recorded.mailboxes()).isEmpty();

    session.handOver(outer, message);
    Object token =
        session.acknowledge.enter(outer, message.getMessageId(), AckType.Individual, null);
    session.acknowledge(inner, message.getMessageId()); // to which the outer one passes it on
    if (token != null) {
      session.acknowledge.exit(token, DONE, null);
    }

    assertCounts(1, 1, 0, 0);
    assertThat(session.recorded.mailbox().queueName()).isEqualTo(PulsarSession.TOPIC);
  }

  @Test
  void aListenerGetsAMessageWhenTheClientCallsIt() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.listen(listening, PulsarSession.message(1), true);
    session.listen(listening, PulsarSession.message(2), false); // skipped: it was closed meanwhile

    assertCounts(1, 0, 0, 0);
  }

  @Test
  void aListenerOfAnOldReleaseGetsAMessageLaterThanTheClientSays() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.handOver(listening, PulsarSession.message(1));
    assertThat(session.recorded.mailboxes()).isEmpty();

    session.listen(listening, PulsarSession.message(1), false);

    assertCounts(1, 0, 0, 0);
  }

  /** A message for which the client says both, before the call of the listener and within it. */
  @Test
  void aListenersMessageCountsOnceHoweverOftenTheClientSaysIt() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.handOver(listening, PulsarSession.message(1));
    session.listen(listening, PulsarSession.message(1), true);
    session.handOver(listening, PulsarSession.message(2));
    session.listen(listening, PulsarSession.message(2), true);

    assertCounts(2, 0, 0, 0);
    session.acknowledge(listening, List.of(new Id(7, 1, -1), new Id(7, 2, -1)));
    assertCounts(2, 2, 0, 0);
  }

  @Test
  void aListenerThatReceivesFromAnotherConsumerDoesNotDisturbThat() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.listen(
        listening,
        PulsarSession.message(1),
        true,
        () -> {
          session.handOver(shared, PulsarSession.message(2));
          session.handOver(shared, PulsarSession.message(3));
        });

    assertCounts(3, 0, 0, 0);
  }

  @Test
  void aMessageOfATopicThatIsNotPersistentIsAcknowledgedByItsDelivery() {
    session.handOver(shared, PulsarSession.message("non-persistent://a/b/c", 0, -1, 0));

    assertCounts(1, 1, 0, 0);
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aTransactionCountsWhenItIsCommittedAndNotWhenItIsRolledBack() {
    receive(shared, 4);
    Object committed = new Object();
    Object aborted = new Object();
    acknowledgeWith(committed, 1);
    acknowledgeWith(committed, 2);
    acknowledgeWith(aborted, 3);
    assertCounts(4, 0, 0, 0);

    end(committed, TransactionHandler.Step.COMMIT, CompletableFuture.failedFuture(new Error()));
    assertCounts(4, 0, 0, 0);
    end(committed, TransactionHandler.Step.COMMIT, DONE);
    end(aborted, TransactionHandler.Step.ABORT, DONE);
    end(aborted, TransactionHandler.Step.COMMIT, DONE);

    assertCounts(4, 2, 0, 0);
    assertThat(session.tracker.transactions().isEmpty()).isTrue();
  }

  private void acknowledgeWith(Object transaction, int entry) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    Object token =
        session.acknowledge.enter(shared, new Id(7, entry, -1), AckType.Individual, null);
    new TransactionHandler(session.tracker.transactions(), TransactionHandler.Step.REGISTER)
        .enter(transaction, future, null, null);
    session.acknowledge.exit(token, future, null);
    future.complete(null);
  }

  private void end(Object transaction, TransactionHandler.Step step, CompletableFuture<?> future) {
    TransactionHandler handler = new TransactionHandler(session.tracker.transactions(), step);
    Object token = handler.enter(transaction, null, null, null);
    if (token != null) {
      handler.exit(token, future, null);
    }
  }

  @Test
  void aClosedConsumerHasNoUnsettledMessages() {
    receive(shared, 1);
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNotNull();
    session.close(shared);
    session.acknowledge(shared, new Id(7, 1, -1));
    receive(shared, 1);

    assertCounts(1, 0, 0, 0);
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
  }
}
