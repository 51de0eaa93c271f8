package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import org.junit.jupiter.api.Test;

/** Ages of messages, the clocks that they come from, and delivery counts. */
class MailboxAgesTest {
  private static final long NOW = 1_700_000_000_000L;

  private final MailboxMetrics mailbox = new MailboxMetrics("orders", "kafka");

  private MailboxSnapshot snapshot() {
    return new MailboxSnapshot(mailbox.read(false));
  }

  private void delivered(int messages, long count, long sent, AgeSource source) {
    mailbox.recordDelivered(messages, count, sent, NOW, source);
  }

  @Test
  void anAgeIsTheTimeSinceTheTimeStampAndTellsItsClock() {
    delivered(3, 1, NOW - 250, AgeSource.PRODUCER_CLOCK);
    delivered(2, 1, NOW - 16, AgeSource.BROKER_CLOCK);
    mailbox.recordReceived(1, 5_000_000, AgeSource.LOCAL);

    assertThat(snapshot().received()).isEqualTo(6);
    assertThat(snapshot().queueLag().count()).isEqualTo(6);
    assertThat(snapshot().queueLag().maxNanos()).isEqualTo(250_000_000);
    assertThat(snapshot().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(3);
    assertThat(snapshot().ages(AgeSource.BROKER_CLOCK)).isEqualTo(2);
    assertThat(snapshot().ages(AgeSource.LOCAL)).isEqualTo(1);
    assertThat(snapshot().negativeAges()).isZero();
  }

  @Test
  void aMessageFromTheFutureHasTheAgeZeroAndIsCounted() {
    delivered(4, 1, NOW + 1, AgeSource.PRODUCER_CLOCK);
    delivered(1, 1, NOW, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().negativeAges()).isEqualTo(4);
    assertThat(snapshot().queueLag().count()).isEqualTo(5);
    assertThat(snapshot().queueLag().maxNanos()).isZero();
  }

  @Test
  void aMessageWithoutATimeStampHasNoAgeAndNoClock() {
    delivered(1, 1, 0, AgeSource.PRODUCER_CLOCK);
    delivered(1, 1, -1, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().received()).isEqualTo(2);
    assertThat(snapshot().queueLag().count()).isZero();
    assertThat(snapshot().ages(AgeSource.PRODUCER_CLOCK)).isZero();
    assertThat(snapshot().negativeAges()).isZero();
  }

  @Test
  void anUnknownDeliveryCountIsInNoSlotAndNoRetry() {
    delivered(5, MailboxMetrics.UNKNOWN, NOW, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().received()).isEqualTo(5);
    assertThat(snapshot().deliveryCounts()).containsOnly(0L);
    assertThat(snapshot().retries()).isZero();
  }

  @Test
  void retriesAreTheDeliveriesBeforeEachDelivery() {
    delivered(4, 3, NOW, AgeSource.PRODUCER_CLOCK);
    delivered(1, 12, NOW, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().deliveryCounts()).containsExactly(0L, 0L, 4L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
    assertThat(snapshot().retries()).isEqualTo(4 * 2 + 11);
  }

  @Test
  void absurdDeliveryCountsDoNotOverflow() {
    delivered(1000, Long.MAX_VALUE, NOW, AgeSource.PRODUCER_CLOCK);
    delivered(1, 2, NOW, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().retries()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void noMessageRecordsNothing() {
    delivered(0, 1, NOW, AgeSource.PRODUCER_CLOCK);
    delivered(-1, 1, NOW, AgeSource.PRODUCER_CLOCK);

    assertThat(snapshot().received()).isZero();
  }

  @Test
  void aLevelThatIsForgottenIsUnknownAndNotZero() {
    mailbox.recordDepth(3);
    mailbox.recordOldestAge(7);
    mailbox.forgetDepth();
    assertThat(snapshot().depth()).isNull();
    assertThat(snapshot().oldestAgeMillis()).isEqualTo(7);

    mailbox.forgetOldestAge();
    assertThat(snapshot().oldestAgeMillis()).isNull();
  }
}
