package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecord;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.OffsetAndMetadata;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TimestampType;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TopicPartition;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Heap;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten thousand consumers are opened and closed, and nothing of them is left. */
class ConsumerLeakTest {
  private static final int CONSUMERS = 10_000;

  /** Ten thousand consumers that are kept take more than 10 MB. */
  private static final long FLAT_BYTES = 3 << 20;

  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final Recorded recorded = new Recorded();
  private final KafkaTracker tracker = new KafkaTracker(recorded.registry());
  private final ListenerContainers containers = tracker.containers();
  private final Woven poll = Woven.with(new PollHandler(tracker));
  private final Woven part = Woven.with(new PartHandler(tracker));
  private final Woven committed = Woven.with(new CommittedHandler(tracker));
  private final Woven assigned = Woven.with(new AssignedHandler(tracker));
  private final Woven close = Woven.with(new CloseHandler(tracker));
  private final Woven make =
      Woven.with(new ContainerHandler(containers, ContainerHandler.Step.MAKE));
  private final Woven fetch =
      Woven.with(new ContainerHandler(containers, ContainerHandler.Step.POLL));
  private final Woven record =
      Woven.with(new ListenerHandler(containers, ListenerHandler.Step.RECORD));

  private Object poll(Object consumer, Object interceptors) {
    return poll.call(
        args -> {
          part.call(inner -> null, interceptors);
          return new ConsumerRecords().with("orders", 0, 1_000, 0, 1, 2);
        },
        consumer);
  }

  private void commitAndClose(Object consumer, Object interceptors) {
    committed.call(args -> null, interceptors, Map.of(PARTITION, new OffsetAndMetadata(2)));
    close.call(args -> null, consumer);
  }

  /** Each consumer leaves a message unsettled. */
  private void openAndClose(int consumers) {
    for (int i = 0; i < consumers; i++) {
      FakeKafka.Consumer consumer = new FakeKafka.Consumer();
      consumer.assign(PARTITION);
      assigned.call(args -> null, "subscriptions");
      Object interceptors = new Object();
      poll(consumer, interceptors);
      commitAndClose(consumer, interceptors);
    }
  }

  /** Each container's listener fails with a message and leaves it unsettled. */
  private void startAndStop(int starts) {
    for (int i = 0; i < starts; i++) {
      Object container = new Object();
      FakeKafka.Consumer consumer = new FakeKafka.Consumer();
      Object interceptors = new Object();
      make.call(args -> null, container, "a listener");
      fetch.call(args -> poll(consumer, interceptors), container);
      for (long offset = 0; offset < 3; offset++) {
        handOver(container, offset);
      }
      commitAndClose(consumer, interceptors);
    }
  }

  private void handOver(Object container, long offset) {
    try {
      record.call(
          args -> {
            if (offset == 2) {
              throw new IllegalStateException();
            }
            return null;
          },
          container,
          new ConsumerRecord(offset, 1_000, TimestampType.CREATE_TIME, Optional.empty()));
    } catch (IllegalStateException expected) {
      assertThat(offset).isEqualTo(2);
    }
  }

  @Test
  void tablesAreEmptyAndTheHeapIsFlatAfterConsumersAreClosed() {
    openAndClose(CONSUMERS / 10);
    long before = Heap.usedAfterCollection();
    openAndClose(CONSUMERS);

    assertThat(tracker.isEmpty()).isTrue();
    assertThat(Garbage.collectUntil(tracker::hasNoParts)).isTrue();
    assertThat(Heap.usedAfterCollection() - before).isLessThan(FLAT_BYTES);
    assertThat(recorded.mailbox().received()).isEqualTo(3L * (CONSUMERS + CONSUMERS / 10));
    assertThat(recorded.mailbox().acked()).isEqualTo(2L * (CONSUMERS + CONSUMERS / 10));
  }

  @Test
  void tablesAreEmptyAndTheHeapIsFlatAfterListenerContainersAreStopped() {
    startAndStop(CONSUMERS / 10);
    long before = Heap.usedAfterCollection();
    startAndStop(CONSUMERS);

    assertThat(tracker.isEmpty()).isTrue();
    assertThat(Garbage.collectUntil(containers::isEmpty)).isTrue();
    assertThat(Heap.usedAfterCollection() - before).isLessThan(FLAT_BYTES);
    assertThat(recorded.mailbox().received()).isEqualTo(3L * (CONSUMERS + CONSUMERS / 10));
  }
}
