package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.testing.Garbage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Consumers leave nothing behind. */
class ConsumerLeakTest {
  private static final int CONSUMERS = 10_000;

  private final PulsarSession session = new PulsarSession();

  @Test
  void tablesAreEmptyAfterConsumersAreClosed() {
    Consumer outer = session.make(new Consumer("outer"), SubscriptionType.Shared, null);
    List<Consumer> all = new ArrayList<>(); // so that none is collected
    for (int i = 0; i < CONSUMERS; i++) {
      String topic = "topic " + i % 10 + "-partition-" + i;
      Consumer inner = session.make(new Consumer(topic), SubscriptionType.Shared, null);
      all.add(inner);
      session.receives(outer, inner);
      session.handOver(outer, PulsarSession.message(topic, 1, -1, 0));
      session.handOver(outer, PulsarSession.message(topic, 2, -1, 0));
      session.acknowledge(inner, new Id(7, 1, -1));
      session.close(inner);
    }

    assertThat(session.tracker.consumer(outer).inner()).isZero();
    session.close(outer);
    assertThat(session.tracker.size()).isZero();
    assertThat(session.tracker.held()).isZero();
    assertThat(session.tracker.mailboxes().sources()).isZero();
    assertThat(all).hasSize(CONSUMERS);
    long acked = 0;
    for (var mailbox : session.recorded.mailboxes()) {
      acked += mailbox.acked();
      assertThat(mailbox.oldestAgeMillis()).isNull();
    }
    assertThat(acked).isEqualTo(CONSUMERS);
  }

  /** There is a bound on how many tables are sampled; closed ones do not count. */
  @Test
  void theOldestMessageIsKnownAfterManyConsumersWereClosed() {
    List<Consumer> all = new ArrayList<>(); // so that none is collected
    for (int i = 0; i < CONSUMERS; i++) {
      Consumer consumer = session.consumer(SubscriptionType.Shared, null);
      all.add(consumer);
      session.handOver(consumer, PulsarSession.message(i));
      session.close(consumer);
    }
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();

    session.handOver(session.consumer(SubscriptionType.Shared, null), PulsarSession.message(1));

    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNotNull();
    assertThat(all).hasSize(CONSUMERS);
  }

  @Test
  void aConsumerThatIsClosedAgainIsStillGone() {
    Consumer consumer = session.consumer(SubscriptionType.Shared, null);
    session.handOver(consumer, PulsarSession.message(1));
    session.close(consumer);
    session.close(consumer);
    session.acknowledge(consumer, new Id(7, 1, -1));

    assertThat(session.tracker.held()).isZero();
    assertThat(session.recorded.mailbox().acked()).isZero();
  }

  /** A consumer that is never closed. */
  @Test
  void aConsumerThatIsDroppedIsCollected() {
    WeakReference<Consumer> dropped = drop();

    assertThat(Garbage.collectUntil(() -> dropped.refersTo(null))).isTrue();
    assertThat(session.tracker.size()).isZero();
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
    assertThat(session.tracker.mailboxes().sources()).isZero();
  }

  private WeakReference<Consumer> drop() {
    Consumer consumer = session.consumer(SubscriptionType.Shared, null);
    session.handOver(consumer, PulsarSession.message(1));
    return new WeakReference<>(consumer);
  }
}
