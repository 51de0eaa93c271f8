package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecord;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.OffsetAndMetadata;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TopicPartition;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.KafkaBackoffException;
import org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter;

/** The life of a message whose consumer belongs to a listener container of Spring. */
class ListenerHandlersTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final long SENT = 1_000;
  private static final IllegalStateException FAILURE = new IllegalStateException("not now");

  private final Recorded recorded = new Recorded();
  private final KafkaTracker tracker = new KafkaTracker(recorded.registry());
  private final ListenerContainers containers = tracker.containers();
  private final Woven make =
      Woven.with(new ContainerHandler(containers, ContainerHandler.Step.MAKE));
  private final Woven fetch =
      Woven.with(new ContainerHandler(containers, ContainerHandler.Step.POLL));
  private final Woven record =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.RECORD));
  private final Woven inTime =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.IN_TIME));
  private final Woven batch =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.BATCH));
  private final Woven recover =
      Woven.with(new RecoveryHandler(containers, RecoveryHandler.Step.RECOVER));
  private final Woven resolve =
      Woven.with(new RecoveryHandler(containers, RecoveryHandler.Step.RESOLVE));
  private final Woven poll = Woven.with(new PollHandler(tracker));
  private final Woven part = Woven.with(new PartHandler(tracker));
  private final Woven committed = Woven.with(new CommittedHandler(tracker));
  private final Woven seek = Woven.with(new SeekHandler(tracker));
  private final FakeKafka.Consumer consumer = new FakeKafka.Consumer();
  private final Object container = new Object();
  private final Object interceptors = new Object();

  @BeforeEach
  void makeTheContainer() {
    make.call(args -> null, container, "a listener");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  /** The application's wrapper of the consumer calls the consumer. */
  private void fetched(ConsumerRecords records) {
    fetch.call(
        args ->
            poll.call(
                inner -> {
                  part.call(none -> null, interceptors);
                  return records;
                },
                consumer),
        container);
  }

  private static ConsumerRecords records(long... offsets) {
    return new ConsumerRecords().with("orders", 0, SENT, offsets);
  }

  private void fetched(long... offsets) {
    fetched(records(offsets));
  }

  private static ConsumerRecord message(long offset) {
    return new ConsumerRecord(offset, SENT, FakeKafka.TimestampType.CREATE_TIME, Optional.empty());
  }

  private void handedOver(long... offsets) {
    for (long offset : offsets) {
      record.call(args -> null, container, message(offset));
    }
  }

  private void handedOverAndFailed(long offset) {
    handedOverAndThrows(offset, FAILURE);
  }

  private void handedOverAndThrows(long offset, RuntimeException failure) {
    throwing(record, message(offset), failure);
  }

  private void throwing(Woven method, Object messages, RuntimeException failure) {
    try {
      method.call(
          args -> {
            throw failure;
          },
          container,
          messages);
    } catch (RuntimeException e) {
      assertThat(e).isSameAs(failure);
    }
  }

  private void sought(long offset) {
    seek.call(args -> null, consumer, PARTITION, offset);
  }

  private void commit(long offset) {
    committed.call(args -> null, interceptors, Map.of(PARTITION, new OffsetAndMetadata(offset)));
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  private void assertSettled(long received, long acked, long nacked, long deadLettered) {
    assertThat(mailbox().received()).as("received").isEqualTo(received);
    assertThat(mailbox().acked()).as("acked").isEqualTo(acked);
    assertThat(mailbox().nacked()).as("nacked").isEqualTo(nacked);
    assertThat(mailbox().deadLettered()).as("dead-lettered").isEqualTo(deadLettered);
  }

  private void assertDeliveries(long... counts) {
    List<Long> expected = new ArrayList<>(Collections.nCopies(10, 0L));
    for (int i = 0; i < counts.length; i++) {
      expected.set(i, counts[i]);
    }
    assertThat(mailbox().deliveryCounts()).isEqualTo(expected);
  }

  @Test
  void aMessageIsReceivedWhenTheListenerGetsIt() {
    fetched(0, 1, 2);
    assertThat(recorded.mailboxes()).allMatch(mailbox -> mailbox.received() == 0);

    handedOver(0, 1);
    assertSettled(2, 0, 0, 0);
    assertDeliveries(2);
    assertThat(mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(2);

    commit(2);
    commit(2);
    assertSettled(2, 2, 0, 0);
  }

  @Test
  void aCommitWhileTheListenerHasTheMessageSettlesIt() {
    fetched(0, 1);
    record.call(
        args -> {
          commit(1);
          return null;
        },
        container,
        message(0));

    assertSettled(1, 1, 0, 0);
  }

  /** An automatic commit is of the position, behind messages that the listener has not got. */
  @Test
  void aCommitSettlesNothingThatTheListenerHasNotGot() {
    fetched(0, 1, 2);
    handedOver(0);
    commit(3);
    assertSettled(1, 1, 0, 0);

    handedOver(1, 2);
    commit(3);
    assertSettled(3, 3, 0, 0);
  }

  @Test
  void whatIsFetchedAgainWithoutADeliveryIsNotGivenBack() {
    fetched(0, 1, 2, 3);
    handedOver(0);
    handedOverAndFailed(1);
    commit(1);
    sought(1);
    assertSettled(2, 1, 1, 0);

    fetched(1, 2, 3);
    handedOver(1, 2, 3);
    commit(4);
    assertSettled(5, 4, 1, 0);
    assertDeliveries(4, 1);
    assertThat(mailbox().retries()).isEqualTo(1);
  }

  @Test
  void aMessageThatTheContainerKeptIsGivenBackWhenItIsHandedOverAgain() {
    fetched(0, 1, 2);
    handedOver(0);
    handedOverAndFailed(1);
    handedOverAndFailed(1);
    handedOver(1, 2);
    commit(3);

    assertSettled(5, 3, 2, 0);
    assertDeliveries(3, 1, 1);
  }

  /** After a rebalance, messages come again that nobody gave back. */
  @Test
  void messagesThatComeAgainWithoutASeekAreNotGivenBack() {
    fetched(0, 1, 2);
    handedOver(0, 1);
    fetched(0, 1, 2);
    handedOver(0, 1, 2);
    commit(3);

    assertSettled(5, 3, 0, 0);
  }

  @Test
  void aMessageWhoseOffsetIsCommittedThoughItFailedIsDeadLettered() {
    fetched(0, 1, 2);
    handedOver(0);
    handedOverAndFailed(1);
    handedOver(2);
    commit(3);
    commit(3);

    assertSettled(3, 2, 0, 1);
  }

  @Test
  void aMessageThatWasCommittedBeforeTheListenerFailedIsAcked() {
    fetched(0, 1);
    try {
      record.call(
          args -> {
            commit(1);
            throw FAILURE;
          },
          container,
          message(0));
    } catch (IllegalStateException e) {
      assertThat(e).isSameAs(FAILURE);
    }
    handedOver(1);
    commit(2);

    assertSettled(2, 2, 0, 0);
  }

  @Test
  void aMessageThatSucceedsInTheEndIsAcked() {
    fetched(0);
    handedOverAndFailed(0);
    handedOver(0);
    commit(1);

    assertSettled(2, 1, 1, 0);
  }

  /** As Spring's {@code DestinationTopic}. */
  public record Destination(String getDestinationName, boolean isDltTopic, boolean isNoOpsTopic) {}

  private void recovered(long offset, Destination destination) {
    recover.call(
        args -> {
          resolve.call(inner -> destination, "resolver", "listener", "orders");
          return null;
        },
        "recoverer",
        message(offset));
  }

  @Test
  void aHopToATopicForRetriesIsNoDeadLetter() {
    fetched(0, 1, 2, 3);
    handedOverAndFailed(0);
    recovered(0, new Destination("orders-retry", false, false));
    handedOverAndFailed(1);
    recovered(1, new Destination("orders-dlt", true, false));
    handedOverAndFailed(2);
    recovered(2, new Destination("orders-noOps", false, true));
    handedOverAndFailed(3);
    recovered(3, new Destination("orders", true, false)); // dead letters that are retried
    commit(4);

    assertSettled(4, 2, 0, 2);
  }

  @Test
  void aHopThatCouldNotBePublishedIsNone() {
    fetched(0);
    handedOverAndFailed(0);
    try {
      recover.call(
          args -> {
            Destination retry = new Destination("orders-retry", false, false);
            resolve.call(inner -> retry, "resolver", "listener", "orders");
            throw FAILURE;
          },
          "recoverer",
          message(0));
    } catch (IllegalStateException e) {
      assertThat(e).isSameAs(FAILURE);
    }
    recover.call(args -> null, "another recoverer", message(0));
    commit(1);

    assertSettled(1, 0, 0, 1);
  }

  @Test
  void aDeadLetterOfAConsumerWithoutAGroupCountsWhenItIsPublished() {
    FakeKafka.GroupMember alone = new FakeKafka.GroupMember(null);
    fetch.call(args -> poll.call(inner -> records(0, 1), alone), container);
    handedOverAndFailed(0);
    recover.call(args -> null, "recoverer", message(0));
    handedOver(1);

    assertSettled(2, 0, 0, 1);
  }

  @Test
  void aRecovererOnAnotherThreadConcernsNoContainer() {
    recover.call(args -> null, "recoverer", message(0));

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void aMessageWhoseTimeHasNotComeIsNotDelivered() {
    Object adapter = new KafkaBackoffAwareMessageListenerAdapter() {};
    make.call(args -> null, container, new Wrapper(adapter));
    fetched(0, 1);
    handedOverAndThrows(0, new IllegalStateException(new KafkaBackoffException()));
    sought(0);
    assertThat(recorded.mailboxes()).allMatch(mailbox -> mailbox.received() == 0);

    fetched(0, 1);
    record.call(
        args -> {
          inTime.call(
              inner -> {
                assertThat(mailbox().received()).isEqualTo(1);
                return null;
              },
              adapter,
              message(0));
          return null;
        },
        container,
        message(0));
    handedOverAndThrows(1, new IllegalStateException("cannot be deserialised"));
    commit(2);

    assertSettled(2, 1, 0, 1);
    assertDeliveries(2);
  }

  /** As one of Spring's wrappers of listeners. */
  public record Wrapper(Object getDelegate) {}

  @Test
  void aBatchIsReceivedAsAWhole() {
    ConsumerRecords records =
        new ConsumerRecords().with("orders", 0, SENT, 0, 1, 4).with("orders", 1, SENT, 7);
    fetched(records);
    batch.call(args -> null, container, records);
    commit(5);

    assertSettled(4, 3, 0, 0);
    assertDeliveries(4);
  }

  @Test
  void aBatchThatIsDeliveredAgainWasGivenBack() {
    ConsumerRecords records = records(0, 1, 2);
    fetched(records);
    throwing(batch, records, FAILURE);
    throwing(batch, records, FAILURE);
    commit(3);

    assertSettled(6, 0, 3, 3);
    assertDeliveries(3, 3);
  }

  @Test
  void theListenerNamesTheMessageOfABatchThatFailed() {
    ConsumerRecords records = records(0, 1, 2, 3);
    fetched(records);
    throwing(
        batch,
        records,
        new IllegalStateException(new BatchListenerFailedException(message(2), -1)));
    commit(3);
    sought(3);

    assertSettled(4, 2, 1, 1);
  }

  @Test
  void theListenerNamesThePlaceOfTheMessageOfABatchThatFailed() {
    ConsumerRecords records = records(0, 1, 2, 3);
    fetched(records);
    throwing(batch, records, new BatchListenerFailedException(null, 1));
    commit(2);
    sought(2);

    assertSettled(4, 1, 2, 1);
  }

  @Test
  void aMessageThatIsNotInItsBatchStandsForTheWholeBatch() {
    ConsumerRecords records = records(0, 1);
    fetched(records);
    throwing(batch, records, new BatchListenerFailedException(message(9), -1));
    commit(2);

    assertSettled(2, 0, 0, 2);
  }

  @Test
  void aTransactionThatIsRolledBackFails() {
    Woven rollback =
        Woven.with(new FailureHandler(containers, FailureHandler.Step.RECORD_AMONG_OTHERS));
    fetched(0, 1);
    handedOver(0);
    rollback.call(args -> null, container, List.of().iterator(), message(0), FAILURE);
    handedOver(1);
    commit(2);

    assertSettled(2, 1, 0, 1);
  }

  @Test
  void aBatchWhoseTransactionIsRolledBackFails() {
    Woven rollback = Woven.with(new FailureHandler(containers, FailureHandler.Step.BATCH));
    ConsumerRecords records = records(0, 1);
    fetched(records);
    batch.call(args -> null, container, records);
    rollback.call(args -> null, container, records, List.of(), FAILURE);
    commit(2);

    assertSettled(2, 0, 0, 2);
  }

  @Test
  void aListenerMayFailLater() {
    Woven late = Woven.with(new FailureHandler(containers, FailureHandler.Step.RECORD));
    fetched(0);
    handedOver(0);
    late.call(args -> null, container, message(0), FAILURE);
    commit(1);

    assertSettled(1, 0, 0, 1);
  }

  /** An interceptor in front of a transaction may take a message. */
  @Test
  void aMessageThatTheContainerLeavesOutIsNotSettled() {
    fetched(0, 1, 2, 3);
    handedOver(0, 3);
    commit(4);

    assertSettled(2, 2, 0, 0);
  }

  @Test
  void depthCountsWhatWaitsInTheContainer() {
    fetched(0, 1, 2, 3);
    handedOver(0);
    consumer.lag("orders", "0", 20.0);

    assertThat(mailbox().depth()).isEqualTo(23);
    assertThat(mailbox().oldestAgeMillis()).isPositive();
  }

  @Test
  void whatWaitsInTheContainerIsNotUnsettled() {
    fetched(0, 1);
    handedOver(0, 1);
    commit(2);
    fetched(2, 3);

    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  /** A listener may use a consumer of its own. */
  @Test
  void aConsumerThatTheListenerPollsIsAnOrdinaryOne() {
    fetched(0);
    record.call(
        args ->
            poll.call(
                inner -> new ConsumerRecords().with("state", 0, SENT, 0, 1),
                new FakeKafka.Consumer()),
        container,
        message(0));

    assertThat(recorded.mailboxes())
        .filteredOn(mailbox -> mailbox.queueName().equals("state"))
        .allMatch(mailbox -> mailbox.received() == 2);
  }

  @Test
  void messagesThatAreReadOnceMoreAfterTheirCommitHaveNoDeliveryCount() {
    fetched(0);
    handedOver(0);
    commit(1);
    sought(0);
    fetched(0);
    handedOver(0);
    commit(1);

    assertSettled(2, 2, 0, 0);
    assertDeliveries(1);
  }
}
