package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.Recorded;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsettledCountsTest {
  private final Recorded recorded = new Recorded();
  private final Registry registry = recorded.registry();
  private final MailboxMetrics orders = registry.mailbox("orders", "jms");
  private final UnsettledCounts counts = new UnsettledCounts();

  @Test
  void settlesTheMessagesOfAllQueuesOnce() {
    MailboxMetrics bills = registry.mailbox("bills", "jms");
    counts.delivered(orders, 0);
    counts.delivered(orders, 0);
    counts.delivered(bills, 0);
    assertThat(counts.size()).isEqualTo(3);

    counts.settleAll(Outcome.ACKED);
    counts.settleAll(Outcome.NACKED);

    assertThat(recorded.mailboxes())
        .extracting(MailboxSnapshot::acked)
        .containsExactlyInAnyOrder(2L, 1L);
    assertThat(recorded.mailboxes()).extracting(MailboxSnapshot::nacked).containsOnly(0L);
    assertThat(counts.size()).isZero();
  }

  @Test
  void messagesThatWereSettledInAnotherWayAreNotSettledAgain() {
    counts.delivered(orders, 0);
    counts.delivered(orders, 0);
    counts.delivered(orders, 0);
    counts.remove(orders, 2);
    counts.remove(registry.mailbox("others", "jms"), 1);
    counts.settleAll(Outcome.ACKED);
    assertThat(orders()).isEqualTo(1);

    counts.remove(orders, 5);
    counts.delivered(orders, 0);
    assertThat(counts.size()).isEqualTo(1);
  }

  private long orders() {
    return recorded.mailboxes().get(0).acked();
  }

  @Test
  void forgottenMessagesAreNotCounted() {
    counts.delivered(orders, 0);
    counts.forgetAll();
    counts.settleAll(Outcome.ACKED);

    assertThat(orders()).isZero();
  }

  @Test
  void theOldestMessageIsTheFirstSinceAllWereSettled() {
    counts.delivered(orders, 5_000);
    counts.delivered(orders, 7_000);
    assertThat(oldestAge(10_000)).isEqualTo(5_000);

    counts.settleAll(Outcome.ACKED);
    assertThat(oldestAge(10_000)).isNull();

    counts.delivered(orders, 9_000);
    assertThat(oldestAge(10_000)).isEqualTo(1_000);
  }

  private LevelSample before = new LevelSample();

  private Long oldestAge(long now) {
    LevelSample sample = new LevelSample();
    counts.sample(sample);
    sample.record(now, before);
    before = sample;
    return recorded.mailboxes().get(0).oldestAgeMillis();
  }

  @Test
  void aThreadThatSettlesAndOneThatDeliversLoseNoMessage() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  counts.delivered(orders, 1);
                  if (i % 10 == 0) {
                    counts.settleAll(Outcome.ACKED);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    counts.settleAll(Outcome.ACKED);

    assertThat(orders()).isEqualTo(150_000);
  }

  @Test
  void theNumberOfQueuesIsBounded() {
    RegistrySettings roomy = new RegistrySettings(Instant.EPOCH, "w", "test", null, 5_000, "test");
    Registry many = new Registry(roomy, Clock.systemUTC(), () -> {});
    for (int i = 0; i < 3_000; i++) {
      counts.delivered(many.mailbox("queue-" + i, "jms"), 0);
    }
    assertThat(counts.size()).isEqualTo(UnsettledCounts.MAX_QUEUES);
  }
}
