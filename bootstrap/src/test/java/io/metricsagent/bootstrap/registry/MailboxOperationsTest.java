package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import org.junit.jupiter.api.Test;

/** Durations of operations on messages, by operation and by type of error. */
class MailboxOperationsTest {
  private final MailboxMetrics mailbox = new MailboxMetrics("orders", "kafka");

  private Outcomes outcomes(Measure measure) {
    return mailbox.read(false).outcomes(measure);
  }

  @Test
  void eachOperationHasItsOwnFailures() {
    mailbox.recordReceiveDuration(1, "Closed");
    mailbox.recordSettleDuration(2, null);
    mailbox.recordSettleDuration(3, "Timeout");
    mailbox.recordSettleDuration(4, "Closed");
    mailbox.recordProcessDuration(5, "Timeout");
    mailbox.recordProcessDuration(6, "Timeout");

    assertThat(outcomes(MailboxMeasures.RECEIVE_DURATION).succeeded().count()).isZero();
    assertThat(outcomes(MailboxMeasures.RECEIVE_DURATION).errorTypes())
        .containsOnlyKeys("Closed")
        .containsEntry("Closed", 1L);
    assertThat(outcomes(MailboxMeasures.SETTLE_DURATION).succeeded().sumNanos()).isEqualTo(2);
    assertThat(outcomes(MailboxMeasures.SETTLE_DURATION).failed().get("Timeout").sumNanos())
        .isEqualTo(3);
    assertThat(outcomes(MailboxMeasures.SETTLE_DURATION).failed().get("Closed").sumNanos())
        .isEqualTo(4);
    assertThat(outcomes(MailboxMeasures.PROCESS_DURATION).errorTypes())
        .containsOnlyKeys("Timeout")
        .containsEntry("Timeout", 2L);
  }

  @Test
  void typesAreLimitedForAllOperationsTogether() {
    for (int i = 0; i < 3 * CallSeries.MAX_TYPES; i++) {
      mailbox.recordProcessDuration(1, "Invented" + i);
      mailbox.recordSettleDuration(1, "Invented" + i);
    }

    Outcomes processed = outcomes(MailboxMeasures.PROCESS_DURATION);
    assertThat(processed.failed()).hasSize(CallSeries.MAX_TYPES + 1).containsKey(Outcomes.NO_TYPE);
    assertThat(processed.errors()).isEqualTo(3L * CallSeries.MAX_TYPES);
    assertThat(outcomes(MailboxMeasures.SETTLE_DURATION)).isEqualTo(processed);
    assertThat(outcomes(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(Outcomes.NONE);
  }

  @Test
  void failuresAreNoAges() {
    mailbox.recordReceiveDuration(1, "Closed");

    assertThat(mailbox.read(false).histogram(MailboxMeasures.LAG).count()).isZero();
    assertThat(mailbox.read(false).number(MailboxMeasures.RECEIVED)).isZero();
  }
}
