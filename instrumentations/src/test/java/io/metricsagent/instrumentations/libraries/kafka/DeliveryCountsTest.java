package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import org.junit.jupiter.api.Test;

class DeliveryCountsTest {
  private final DeliveryCounts counts = new DeliveryCounts();

  @Test
  void countsTheDeliveriesOfEachMessage() {
    assertThat(counts.of(7, 0)).isEqualTo(1);
    assertThat(counts.of(8, 0)).isEqualTo(1);
    assertThat(counts.of(7, 0)).isEqualTo(2);
    assertThat(counts.of(7, 0)).isEqualTo(3);
    assertThat(counts.of(8, 0)).isEqualTo(2);
    assertThat(counts.of(9, 0)).isEqualTo(1);
  }

  @Test
  void knowsNothingOfAMessageThatWasCommitted() {
    counts.of(7, 0);
    counts.of(7, 0);

    assertThat(counts.of(7, 8)).isEqualTo(MailboxMetrics.UNKNOWN);
  }

  @Test
  void forgetsMessagesThatAreCommitted() {
    counts.of(7, 0);
    counts.of(7, 0);
    counts.of(8, 8);

    assertThat(counts.size()).isZero();
  }

  @Test
  void staysSmallWhereNothingIsCommitted() {
    for (int i = 0; i < 3; i++) {
      for (long offset = 0; offset < 30_000; offset++) {
        counts.of(offset, 0);
      }
    }

    assertThat(counts.size()).isEqualTo(DeliveryCounts.MAX_MESSAGES);
    assertThat(counts.of(0, 0)).isEqualTo(4);
    assertThat(counts.of(29_999, 0)).isEqualTo(MailboxMetrics.UNKNOWN);
  }
}
