package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.OffsetAndMetadata;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TopicPartition;
import io.metricsagent.instrumentations.libraries.kafka.TransactionHandler.Step;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ConcurrentModificationException;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a message, from a poll to the commit of its offset. */
class KafkaHandlersTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final long SENT = 1_000;

  private final Recorded recorded = new Recorded();
  private final KafkaTracker tracker = new KafkaTracker(recorded.registry());
  private final Transactions transactions = new Transactions(tracker);
  private final Woven poll = Woven.with(new PollHandler(tracker));
  private final Woven part = Woven.with(new PartHandler(tracker));
  private final Woven committed = Woven.with(new CommittedHandler(tracker));
  private final Woven seek = Woven.with(new SeekHandler(tracker));
  private final Woven close = Woven.with(new CloseHandler(tracker));
  private final Woven assigned = Woven.with(new AssignedHandler(tracker));
  private final FakeKafka.Consumer consumer = new FakeKafka.Consumer();
  private final Object interceptors = new Object();

  private void polled(ConsumerRecords records) {
    poll.call(
        args -> {
          part.call(inner -> null, interceptors);
          return records;
        },
        consumer);
  }

  private void polled(long... offsets) {
    polled(new ConsumerRecords().with("orders", 0, SENT, offsets));
  }

  private void commit(long offset) {
    committed.call(args -> null, interceptors, Map.of(PARTITION, new OffsetAndMetadata(offset)));
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  private void assertSettled(long received, long acked, long nacked) {
    assertThat(mailbox().received()).as("received").isEqualTo(received);
    assertThat(mailbox().acked()).as("acked").isEqualTo(acked);
    assertThat(mailbox().nacked()).as("nacked").isEqualTo(nacked);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aCommitSettlesWhatIsBeforeItsOffsetOnce() {
    polled(0, 1, 2, 3, 4);
    commit(3);
    commit(3);
    commit(2);
    commit(5);
    commit(9);

    assertSettled(5, 5, 0);
    assertThat(mailbox().queueName()).isEqualTo("orders");
    assertThat(mailbox().deliveryCounts()).containsOnly(0L);
    assertThat(mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(5);
  }

  @Test
  void offsetsWithoutAMessageAreNotCounted() {
    polled(0, 2, 4, 5, 9);
    commit(5);
    assertSettled(5, 3, 0);

    commit(10);
    assertSettled(5, 5, 0);
  }

  @Test
  void aCommitOfAnUnknownPartOrPartitionSettlesNothing() {
    polled(0, 1);
    committed.call(
        args -> null,
        interceptors,
        Map.of(
            new TopicPartition("orders", 1), new OffsetAndMetadata(2),
            new TopicPartition("others", 0), new OffsetAndMetadata(2)));
    committed.call(args -> null, "unknown", Map.of(PARTITION, new OffsetAndMetadata(2)));
    committed.call(args -> null, interceptors, Map.of());

    assertSettled(2, 0, 0);
  }

  @Test
  void messagesThatComeAgainAfterASeekWereGivenBack() {
    polled(0, 1, 2, 3);
    seek.call(args -> null, consumer, PARTITION);
    assertSettled(4, 0, 0);

    polled(1, 2, 3, 4);
    commit(5);
    assertSettled(8, 5, 3);
  }

  @Test
  void aSeekOfAllPartitionsIsOneToo() {
    polled(0, 1);
    seek.call(args -> null, consumer, List.of());
    polled(0, 1);
    assertSettled(4, 0, 2);

    seek.call(args -> null, consumer, List.of(PARTITION));
    polled(0, 1);
    assertSettled(6, 0, 4);
  }

  @Test
  void aSeekForwardGivesNothingBack() {
    polled(0, 1, 2);
    seek.call(args -> null, consumer, PARTITION);
    polled(10, 11);
    commit(12);

    assertSettled(5, 5, 0);
  }

  @Test
  void messagesThatComeAgainWithoutASeekAreSettledOnce() {
    polled(0, 1, 2);
    polled(0, 1, 2);
    commit(3);

    assertSettled(6, 3, 0);
  }

  @Test
  void messagesThatWereCommittedMayComeAgainAndBeCommittedAgain() {
    polled(0, 1, 2);
    commit(3);
    seek.call(args -> null, consumer, PARTITION);
    polled(0, 1, 2);
    commit(3);

    assertSettled(6, 6, 0);
  }

  @Test
  void aPartitionThatIsLostIsForgotten() {
    consumer.assign(PARTITION);
    assigned.call(args -> null, "subscriptions");
    polled(0, 1, 2);
    assigned.call(args -> null, "subscriptions");
    polled(3);
    consumer.assign(new TopicPartition("orders", 1));
    assigned.call(args -> null, "subscriptions");
    polled(new ConsumerRecords().with("orders", 1, SENT, 7));
    commit(4);

    assertSettled(5, 0, 0);
  }

  @Test
  void aConsumerThatIsClosedSettlesNothingMore() {
    polled(0, 1, 2);
    close.call(args -> null, consumer);
    commit(3);

    assertSettled(3, 0, 0);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aCommitWithinCloseCounts() {
    polled(0, 1, 2);
    close.call(
        args -> {
          commit(3);
          return null;
        },
        consumer);

    assertSettled(3, 3, 0);
  }

  @Test
  void aTransactionsOffsetsAreSettledByItsCommit() {
    polled(0, 1, 2, 3);
    send("producer", 3);
    assertSettled(4, 0, 0);

    end(Step.COMMIT);
    end(Step.COMMIT);
    assertSettled(4, 3, 0);
  }

  @Test
  void anAbortedTransactionSettlesNothing() {
    polled(0, 1, 2, 3);
    send("producer", 3);
    end(Step.ABORT);
    end(Step.COMMIT);

    assertSettled(4, 0, 0);
  }

  @Test
  void aCommitThatFailsMayBeRepeated() {
    polled(0, 1);
    send("producer", 2);
    Woven commit = Woven.with(new TransactionHandler(transactions, Step.COMMIT));
    assertThatThrownBy(
            () ->
                commit.call(
                    args -> {
                      throw new IllegalStateException();
                    },
                    "producer"))
        .isInstanceOf(IllegalStateException.class);
    assertSettled(2, 0, 0);

    end(Step.COMMIT);
    assertSettled(2, 2, 0);
  }

  @Test
  void aTransactionOfAnotherGroupSettlesNothing() {
    polled(0, 1);
    Woven.with(new TransactionHandler(transactions, Step.SEND))
        .call(
            args -> null,
            "producer",
            Map.of(PARTITION, new OffsetAndMetadata(2)),
            new FakeKafka.ConsumerGroupMetadata("another"));
    end(Step.COMMIT);

    assertSettled(2, 0, 0);
  }

  private void send(Object producer, long offset) {
    Woven.with(new TransactionHandler(transactions, Step.SEND))
        .call(
            args -> null,
            producer,
            Map.of(PARTITION, new OffsetAndMetadata(offset)),
            consumer.groupMetadata());
  }

  private void end(Step step) {
    Woven.with(new TransactionHandler(transactions, step)).call(args -> null, "producer");
  }

  @Test
  void depthIsTheLagOfPartitionsThatMessagesCameFrom() {
    polled(
        new ConsumerRecords()
            .with("orders", 0, SENT, 0)
            .with("orders", 1, SENT, 0)
            .with("orders", 2, SENT, 0));
    consumer.lag("orders", "0", 20.0);
    consumer.lag("orders", "1", 3.0);
    consumer.lag("orders", "2", Double.NaN);
    consumer.lag("orders", "7", 1000.0);
    consumer.lag("others", "0", 1000.0);
    consumer.lag("orders", "x", 1000.0);

    assertThat(mailbox().depth()).isEqualTo(23);
    assertThat(mailbox().oldestAgeMillis()).isPositive();
  }

  /** As while the client has not fetched yet. */
  @Test
  void aLagThatIsNoNumberIsUnknownAndNotZero() {
    polled(new ConsumerRecords().with("orders", 0, SENT, 0));
    consumer.lag("orders", "0", Double.NaN);

    assertThat(mailbox().depth()).isNull();
  }

  @Test
  void depthOfATopicWithDotsIsCountedOnceWhateverTheClientCallsIt() {
    polled(new ConsumerRecords().with("a.b", 0, SENT, 0).with("a.b", 1, SENT, 0));
    consumer.lag("a_b", "0", 5.0);
    consumer.lag("a_b", "1", 6.0);
    assertThat(mailbox().depth()).isEqualTo(11);

    consumer.lag("a.b", "0", 5.0);
    consumer.lag("a.b", "1", 6.0);
    assertThat(mailbox().depth()).isEqualTo(11);
  }

  @Test
  void depthOfTwoTopicsThatTheClientCannotTellApartIsUnknown() {
    polled(new ConsumerRecords().with("a.b_c", 0, SENT, 0).with("a_b.c", 0, SENT, 0));
    consumer.lag("a_b_c", "0", 5.0);

    assertThat(recorded.mailboxes()).allMatch(mailbox -> mailbox.depth() == null);
  }

  private static final class OwnRecords extends ConsumerRecords {
    @Override
    public List<FakeKafka.ConsumerRecord> records(TopicPartition partition) {
      return super.records(partition);
    }
  }

  @Test
  void recordsOfAClassOfAnInterceptorsOwnAreCounted() {
    polled(new OwnRecords().with("orders", 0, SENT, 0, 1));

    assertThat(mailbox().received()).isEqualTo(2);
  }

  /** An interceptor may put records into a list of any kind. */
  private static final class Linked extends LinkedList<FakeKafka.ConsumerRecord> {
    private static final long serialVersionUID = 1;
    private int searches;

    @Override
    public FakeKafka.ConsumerRecord get(int index) {
      searches += index == 0 || index == size() - 1 ? 0 : 1;
      return super.get(index);
    }
  }

  @Test
  void aLinkedListIsReadInItsOrder() {
    Linked list = new Linked();
    for (long offset = 0; offset < 20; offset += 2) {
      list.add(
          new FakeKafka.ConsumerRecord(
              offset, SENT, FakeKafka.TimestampType.CREATE_TIME, Optional.empty()));
    }
    polled(new ConsumerRecords().with("orders", 0, list));

    assertThat(mailbox().received()).isEqualTo(10);
    assertThat(list.searches).isZero();
  }

  @Test
  void aMessageFromTheBrokersClockSaysSo() {
    polled(
        new ConsumerRecords()
            .with(
                "orders",
                0,
                List.of(
                    new FakeKafka.ConsumerRecord(
                        0, SENT, FakeKafka.TimestampType.LOG_APPEND_TIME, Optional.empty()))));

    assertThat(mailbox().ages(AgeSource.BROKER_CLOCK)).isEqualTo(1);
  }

  @Test
  void aPollThatThrowsCountsNothingAndLeavesNoFrame() {
    assertThatThrownBy(
            () ->
                poll.call(
                    args -> {
                      throw new IllegalStateException();
                    },
                    consumer))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.mailboxes()).isEmpty();
  }

  /** A listener of assignments may read a topic of state with a consumer of its own. */
  @Test
  void aConsumerThatIsPolledWithinAPollIsOneOfItsOwn() {
    FakeKafka.Consumer inner = new FakeKafka.Consumer();
    poll.call(
        args -> {
          poll.call(
              args2 -> {
                part.call(none -> null, "parts of the inner consumer");
                return new ConsumerRecords().with("state", 0, SENT, 0, 1, 2);
              },
              inner);
          part.call(none -> null, interceptors);
          return new ConsumerRecords().with("orders", 0, SENT, 0, 1);
        },
        consumer);
    committed.call(
        args -> null,
        "parts of the inner consumer",
        Map.of(
            new TopicPartition("state", 0),
            new OffsetAndMetadata(3),
            PARTITION,
            new OffsetAndMetadata(2)));
    commit(1);

    MailboxSnapshot state = mailbox("state");
    assertThat(state.received()).isEqualTo(3);
    assertThat(state.acked()).isEqualTo(3);
    assertThat(mailbox("orders").received()).isEqualTo(2);
    assertThat(mailbox("orders").acked()).isEqualTo(1);
  }

  /** The client calls its parts also in a commit, which a listener may make within a poll. */
  @Test
  void aPartStaysWithItsConsumerIfItIsCalledWithinThePollOfAnother() {
    polled(0, 1, 2);
    poll.call(
        args -> {
          part.call(inner -> null, interceptors);
          return new ConsumerRecords().with("state", 0, SENT, 0);
        },
        new FakeKafka.Consumer());
    commit(3);

    assertThat(mailbox("orders").acked()).isEqualTo(3);
  }

  private MailboxSnapshot mailbox(String queue) {
    return recorded.mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .findAny()
        .orElseThrow();
  }

  /** The client refuses to close a consumer that another thread is polling. */
  @Test
  void aConsumerThatRefusesToCloseIsStillFollowed() {
    polled(0, 1, 2);
    assertThatThrownBy(
            () ->
                close.call(
                    args -> {
                      throw new ConcurrentModificationException();
                    },
                    consumer))
        .isInstanceOf(ConcurrentModificationException.class);
    commit(2);

    assertSettled(3, 2, 0);
  }

  @Test
  void aPartBelongsToTheNewestStateOfItsConsumer() {
    polled(0, 1, 2);
    close.call(args -> null, consumer);
    polled(3, 4);
    commit(5);

    assertSettled(5, 2, 0);
  }

  @Test
  void nothingIsLeftOfConsumersThatAreClosed() {
    for (int i = 0; i < 100; i++) {
      FakeKafka.Consumer closed = new FakeKafka.Consumer();
      poll.call(args -> new ConsumerRecords().with("orders", 0, SENT, 0), closed);
      close.call(args -> null, closed);
    }

    assertThat(tracker.isEmpty()).isTrue();
  }

  /** The client has no metadata of a group for a consumer that is in none, and throws. */
  @Test
  void consumersWithoutAGroupDoNotHideTheGroupsOfOthers() {
    for (int i = 0; i < 20; i++) {
      poll.call(
          args -> new ConsumerRecords().with("orders", 1, SENT, 0),
          new FakeKafka.GroupMember(null));
    }
    Object member = new FakeKafka.GroupMember("group");
    poll.call(args -> new ConsumerRecords().with("orders", 0, SENT, 0, 1), member);
    send("producer", 2);
    end(Step.COMMIT);

    assertSettled(22, 2, 0);
    Reference.reachabilityFence(member);
  }

  @Test
  void whatAConsumerWithoutAGroupGotIsNotWaitingForACommit() {
    Object reader = new FakeKafka.GroupMember(null);
    poll.call(args -> new ConsumerRecords().with("orders", 0, SENT, 0), reader);

    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().oldestAgeMillis()).isNull();
    Reference.reachabilityFence(reader);
  }

  @Test
  void consumersAreNotKeptAlive() {
    WeakReference<Object> gone = new WeakReference<>(abandoned());

    assertThat(Garbage.collectUntil(() -> gone.refersTo(null))).isTrue();
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  private Object abandoned() {
    Object abandoned = new FakeKafka.Consumer();
    poll.call(args -> new ConsumerRecords().with("orders", 0, SENT, 0), abandoned);
    return abandoned;
  }
}
