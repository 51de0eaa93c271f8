package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecord;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.OffsetAndMetadata;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TopicPartition;
import io.metricsagent.instrumentations.testing.Allocations;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.KafkaBackoffException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter;

/** How long commits, share consumers and listeners take, where the user asks for it. */
class KafkaDurationsTest {
  private static final IllegalStateException FAILURE = new IllegalStateException("fenced");
  private static final String TYPE = "java.lang.IllegalStateException";

  /** As Kafka's. */
  static final class WakeupException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** As Kafka's. */
  static final class InterruptException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Recorded recorded = Recorded.timed();
  private final KafkaTracker tracker = new KafkaTracker(recorded.registry());
  private final Woven poll = Woven.with(new PollHandler(tracker));
  private final Woven part = Woven.with(new PartHandler(tracker));
  private final Woven committed = Woven.with(new CommittedHandler(tracker));
  private final Woven commit = Woven.with(new CommitHandler(tracker));
  private final FakeKafka.Consumer consumer = new FakeKafka.Consumer();
  private final Object interceptors = new Object();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  private void polled(ConsumerRecords records) {
    poll.call(
        args -> {
          part.call(none -> null, interceptors);
          return records;
        },
        consumer);
  }

  private static ConsumerRecords records(String topic, long... offsets) {
    return new ConsumerRecords().with(topic, 0, 1_000, offsets);
  }

  private static Map<TopicPartition, OffsetAndMetadata> offset(String topic, long offset) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    offsets.put(new TopicPartition(topic, 0), new OffsetAndMetadata(offset));
    return offsets;
  }

  private Outcomes outcomes(String topic, Measure measure) {
    for (MailboxSnapshot mailbox : recorded.mailboxes()) {
      if (mailbox.queueName().equals(topic)) {
        return mailbox.series().outcomes(measure);
      }
    }
    return Outcomes.NONE;
  }

  private Outcomes settled(String topic) {
    return outcomes(topic, MailboxMeasures.SETTLE_DURATION);
  }

  private static void assertFailedOnce(Outcomes outcomes, String type) {
    assertThat(outcomes.calls()).isEqualTo(1);
    assertThat(outcomes.errorTypes()).containsOnly(Map.entry(type, 1L));
  }

  private void failing(Woven method, RuntimeException failure, Object self, Object... args) {
    assertThatThrownBy(
            () ->
                method.call(
                    inner -> {
                      throw failure;
                    },
                    self,
                    args))
        .isSameAs(failure);
  }

  @Test
  void aCommitIsTimedUnderTheFirstTopicThatTheBrokerConfirms() {
    polled(records("orders", 0, 1));
    polled(records("invoices", 7));
    Map<TopicPartition, OffsetAndMetadata> both = offset("orders", 2);
    both.putAll(offset("invoices", 8));
    commit.call(args -> committed.call(none -> null, interceptors, both), consumer);

    assertThat(settled("orders").succeeded().count()).isEqualTo(1);
    assertThat(settled("invoices").calls()).isZero();
  }

  @Test
  void aCommitThatCallsItsOwnOverloadIsTimedOnce() {
    polled(records("orders", 0, 1));
    commit.call(
        args ->
            commit.call(
                inner -> committed.call(none -> null, interceptors, offset("orders", 1)), consumer),
        consumer);

    assertThat(settled("orders").calls()).isEqualTo(1);
  }

  @Test
  void aCommitOfNothingAndOneThatNobodyWaitsForAreNot() {
    polled(records("orders", 0, 1));
    commit.call(args -> committed.call(none -> null, interceptors, Map.of()), consumer);
    committed.call(args -> null, interceptors, offset("orders", 1));

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
    assertThat(settled("orders").calls()).isZero();
  }

  @Test
  void aCommitThatFailsIsTimedUnderTheTopicThatItNames() {
    polled(records("orders", 0, 1));
    polled(records("invoices", 7));
    failing(commit, FAILURE, consumer, offset("orders", 2));
    failing(commit, new WakeupException(), consumer, offset("orders", 2));
    failing(commit, new InterruptException(), consumer, offset("orders", 2));

    assertFailedOnce(settled("orders"), TYPE);
    assertThat(settled("invoices").calls()).isZero();
  }

  @Test
  void aCommitThatFailsAndNamesNoTopicIsTimedUnderThatOfTheLastMessages() {
    polled(records("orders", 0, 1));
    polled(records("invoices", 7));
    failing(commit, FAILURE, consumer);

    assertFailedOnce(settled("invoices"), TYPE);
    assertThat(settled("orders").calls()).isZero();
  }

  @Test
  void aCommitOfSeveralTopicsThatFailsIsTimedUnderTheFirstOneThatHasHadMessages() {
    polled(records("orders", 0, 1));
    polled(records("invoices", 7));
    Map<TopicPartition, OffsetAndMetadata> all = offset("never", 1);
    all.putAll(offset("invoices", 8));
    all.putAll(offset("orders", 2));
    failing(commit, FAILURE, consumer, all);

    assertFailedOnce(settled("invoices"), TYPE);
    assertThat(settled("orders").calls()).isZero();
    assertThat(recorded.mailboxes()).noneMatch(mailbox -> mailbox.queueName().equals("never"));
  }

  /** As Kafka's. */
  public interface OffsetCommitCallback {
    /** Hears what the broker has answered. */
    void onComplete(Map<?, ?> offsets, Exception failure);
  }

  private final List<Object> heard = new ArrayList<>();
  private final OffsetCommitCallback callback = (offsets, failure) -> heard.add(failure);

  private OffsetCommitCallback commitLater(KafkaTracker with, Map<?, ?> offsets) {
    OffsetCommitCallback[] kept = new OffsetCommitCallback[1];
    if (offsets == null) {
      Woven.replacing(0, new AsyncCommitHandler(with, AsyncCommitHandler.Callback.FIRST))
          .call(args -> kept[0] = (OffsetCommitCallback) args[0], consumer, callback);
    } else {
      Woven.replacing(1, new AsyncCommitHandler(with, AsyncCommitHandler.Callback.SECOND))
          .call(args -> kept[0] = (OffsetCommitCallback) args[1], consumer, offsets, callback);
    }
    return kept[0];
  }

  @Test
  void aCommitThatNobodyWaitsForIsTimedUntilItsCallback() {
    polled(records("orders", 0, 1));
    polled(records("invoices", 7));
    OffsetCommitCallback first = commitLater(tracker, null);
    OffsetCommitCallback second = commitLater(tracker, offset("orders", 2));
    assertThat(settled("orders").calls()).isZero();
    second.onComplete(offset("orders", 2), null);
    first.onComplete(offset("orders", 2), FAILURE);
    commitLater(tracker, null).onComplete(null, FAILURE);

    assertThat(settled("orders").succeeded().count()).isEqualTo(1);
    assertThat(settled("orders").errorTypes()).containsOnly(Map.entry(TYPE, 1L));
    assertFailedOnce(settled("invoices"), TYPE);
    assertThat(heard).containsExactly(null, FAILURE, FAILURE);
  }

  @Test
  void aCommitThatNobodyWaitsForAndIsRefusedAtOnceHasFailed() {
    polled(records("orders", 0, 1));
    failing(
        Woven.replacing(0, new AsyncCommitHandler(tracker, AsyncCommitHandler.Callback.FIRST)),
        FAILURE,
        consumer,
        callback);

    assertFailedOnce(settled("orders"), TYPE);
  }

  @Test
  void theApplicationsCallbackIsLeftAloneWhereNothingIsTimed() {
    polled(records("orders", 0, 1));
    KafkaTracker untimed = new KafkaTracker(new Recorded().registry());
    Woven.with(new PollHandler(untimed)).call(args -> records("orders", 0), consumer);
    assertThat(commitLater(untimed, null)).isSameAs(callback);
    assertThat(commitLater(untimed, Map.of())).isSameAs(callback);

    AsyncCommitHandler timed = new AsyncCommitHandler(tracker, AsyncCommitHandler.Callback.FIRST);
    assertThat(timed.enter(consumer, null, null, null)).isNull(); // no callback
    assertThat(timed.enter("never polled", callback, null, null)).isNull();
    OffsetCommitCallback once = commitLater(tracker, null);
    assertThat(timed.replaceArgument(null, once)).isSameAs(once);
  }

  @Test
  void aTransactionIsNotTimed() {
    polled(records("orders", 0, 1));
    Transactions transactions = new Transactions(tracker);
    Woven.with(new TransactionHandler(transactions, TransactionHandler.Step.SEND))
        .call(args -> null, "producer", offset("orders", 2), consumer.groupMetadata());
    Woven.with(new TransactionHandler(transactions, TransactionHandler.Step.COMMIT))
        .call(args -> null, "producer");

    assertThat(recorded.mailbox().acked()).isEqualTo(2);
    assertThat(settled("orders").calls()).isZero();
  }

  /** The application repeats it until it succeeds; each is a call, and the messages count once. */
  @Test
  void aCommitThatFailsAndIsRepeatedIsTimedEachTime() {
    polled(records("orders", 0, 1));
    failing(commit, FAILURE, consumer);
    commit.call(args -> committed.call(none -> null, interceptors, offset("orders", 2)), consumer);
    commit.call(args -> committed.call(none -> null, interceptors, offset("orders", 2)), consumer);

    assertThat(settled("orders").succeeded().count()).isEqualTo(2);
    assertThat(settled("orders").errorTypes()).containsOnly(Map.entry(TYPE, 1L));
    assertThat(recorded.mailbox().acked()).isEqualTo(2);
  }

  @Test
  void aCommitOfAConsumerThatHasHadNoMessageIsOfNoTopic() {
    failing(commit, FAILURE, consumer, offset("orders", 2));
    failing(commit, FAILURE, consumer);

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void aCommitWhileTheClientCommitsByItselfIsTimedOnce() {
    poll.call(
        args -> {
          part.call(none -> null, interceptors);
          committed.call(none -> null, interceptors, offset("orders", 0)); // automatically
          return records("orders", 0, 1);
        },
        consumer);
    committed.call(none -> null, interceptors, offset("orders", 1));

    assertThat(settled("orders").calls()).isZero();
    assertThat(outcomes("orders", MailboxMeasures.RECEIVE_DURATION).calls()).isEqualTo(1);
  }

  @Test
  void aPollThatFailsIsTimedUnderTheTopicOfTheLastMessages() {
    failing(poll, FAILURE, consumer);
    assertThat(recorded.mailboxes()).isEmpty();

    polled(records("orders", 0, 1));
    failing(poll, FAILURE, consumer);
    failing(poll, new WakeupException(), consumer);
    failing(poll, new InterruptException(), consumer);
    polled(new ConsumerRecords()); // the time to wait is over
    Outcomes received = outcomes("orders", MailboxMeasures.RECEIVE_DURATION);
    assertThat(received.succeeded().count()).isEqualTo(1);
    assertThat(received.errorTypes()).containsOnly(Map.entry(TYPE, 1L));
  }

  @Test
  void nothingIsTimedUnlessTheUserAsksForIt() {
    Recorded untimed = new Recorded();
    KafkaTracker other = new KafkaTracker(untimed.registry());
    Woven.with(new PollHandler(other)).call(args -> records("orders", 0), consumer);
    failing(Woven.with(new PollHandler(other)), FAILURE, consumer);
    failing(Woven.with(new CommitHandler(other)), FAILURE, consumer, offset("orders", 1));
    assertThat(new CommitHandler(other).enter(consumer, null, null, null)).isNull(); // no frame
    ShareTracker shares = new ShareTracker(other.mailboxes());
    ShareHandler shareCommit = new ShareHandler(shares, ShareHandler.Step.COMMIT);
    assertThat(shareCommit.enter("consumer", null, null, null)).isNull();
    CommitHandler off = new CommitHandler(other);
    Allocations.assertAllocatesNothing(() -> off.enter(consumer, null, null, null));

    assertThat(untimed.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    assertThat(untimed.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
  }

  private Woven share(ShareTracker of, ShareHandler.Step step) {
    return Woven.with(new ShareHandler(of, step));
  }

  @Test
  void aShareConsumersPollAndCommitAreTimed() {
    ShareTracker shares = new ShareTracker(tracker.mailboxes());
    Woven sharePoll = share(shares, ShareHandler.Step.POLL);
    Woven shareCommit = share(shares, ShareHandler.Step.COMMIT);
    sharePoll.call(args -> records("orders", 0, 1), "consumer");
    sharePoll.call(args -> new ConsumerRecords(), "consumer");
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);

    TopicPartition partition = new TopicPartition("orders", 0);
    shareCommit.call(args -> Map.of(), "consumer");
    assertThat(settled("orders").calls()).isZero();
    shareCommit.call(args -> Map.of(partition, Optional.empty()), "consumer");
    shareCommit.call(args -> Map.of(partition, Optional.of(FAILURE)), "consumer");
    assertThat(settled("orders").succeeded().count()).isEqualTo(1);
    assertThat(settled("orders").errorTypes()).containsOnly(Map.entry(TYPE, 1L));
  }

  private final ListenerContainers containers = tracker.containers();
  private final Woven record =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.RECORD));
  private final Woven inTime =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.IN_TIME));
  private final Woven batch =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.BATCH));
  private final Object container = new Object();

  private void fetched(Object listener, ConsumerRecords records) {
    Woven.with(new ContainerHandler(containers, ContainerHandler.Step.MAKE))
        .call(args -> null, container, listener);
    Woven.with(new ContainerHandler(containers, ContainerHandler.Step.POLL))
        .call(args -> poll.call(inner -> records, consumer), container);
  }

  private static ConsumerRecord message(long offset) {
    return new ConsumerRecord(offset, 1_000, FakeKafka.TimestampType.CREATE_TIME, Optional.empty());
  }

  private Outcomes processed() {
    return outcomes("orders", MailboxMeasures.PROCESS_DURATION);
  }

  @Test
  void aListenerIsTimedForEachMessageAndItsOwnExceptionTellsTheFailure() {
    fetched("a listener", records("orders", 0, 1));
    record.call(args -> null, container, message(0));
    failing(
        record,
        new ListenerExecutionFailedException("Listener failed", FAILURE),
        container,
        message(1));

    assertThat(processed().succeeded().count()).isEqualTo(1);
    assertThat(processed().errorTypes()).containsOnly(Map.entry(TYPE, 1L));
  }

  @Test
  void aListenerOfATopicForRetriesIsTimedOnceItsTimeHasCome() {
    Object adapter = new KafkaBackoffAwareMessageListenerAdapter() {};
    fetched(adapter, records("orders", 0, 1));
    failing(
        record,
        new ListenerExecutionFailedException("Listener failed", new KafkaBackoffException()),
        container,
        message(0));
    assertThat(processed().calls()).isZero();

    record.call(args -> inTime.call(inner -> null, adapter, message(0)), container, message(0));
    assertThat(processed().succeeded().count()).isEqualTo(1);
  }

  /** An object that says nothing of its own, as the handler must not ask where it times nothing. */
  static final class Unasked extends RuntimeException {
    private static final long serialVersionUID = 1;
    private int questions;

    @Override
    public synchronized Throwable getCause() {
      questions++;
      return null;
    }
  }

  @Test
  void whatAListenerThrowsIsNotLookedAtUnlessItIsTimed() {
    KafkaTracker untimed = new KafkaTracker(new Recorded().registry());
    ListenerContainers others = untimed.containers();
    Woven.with(new ContainerHandler(others, ContainerHandler.Step.MAKE))
        .call(args -> null, container, "a listener");
    Woven.with(new ContainerHandler(others, ContainerHandler.Step.POLL))
        .call(
            args ->
                Woven.with(new PollHandler(untimed))
                    .call(inner -> records("orders", 0, 1), consumer),
            container);
    Unasked failure = new Unasked();
    failing(
        Woven.with(new ListenerHandler(others, ListenerHandler.Step.RECORD)),
        failure,
        container,
        message(0));

    assertThat(failure.questions).isZero();
  }

  @Test
  void aBatchIsTimedOnce() {
    ConsumerRecords records = records("orders", 0, 1, 2);
    fetched("a listener", records);
    batch.call(args -> null, container, records);
    failing(
        batch,
        new ListenerExecutionFailedException(
            "Listener failed", new BatchListenerFailedException(null, 1)),
        container,
        records);

    assertThat(processed().succeeded().count()).isEqualTo(1);
    assertThat(processed().errorTypes())
        .containsOnly(Map.entry(BatchListenerFailedException.class.getName(), 1L));
    assertThat(settled("orders").calls()).isZero();
  }
}
