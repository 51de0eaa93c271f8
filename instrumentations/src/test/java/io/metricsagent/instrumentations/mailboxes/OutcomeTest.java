package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final Recorded recorded = new Recorded();

  @Test
  void eachOutcomeHasItsOwnFigureAndCountsMessages() {
    MailboxMetrics mailbox = recorded.registry().mailbox("orders", "jms");
    Outcome.ACKED.record(mailbox, 1);
    Outcome.NACKED.record(mailbox, 2);
    Outcome.DEAD_LETTERED.record(mailbox, 3);
    Outcome.EXPIRED.record(mailbox, 4);
    Outcome.ACKED.record(mailbox, 0);
    Outcome.ACKED.record(mailbox, -5);

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
    assertThat(recorded.mailbox().nacked()).isEqualTo(2);
    assertThat(recorded.mailbox().deadLettered()).isEqualTo(3);
    assertThat(recorded.mailbox().expired()).isEqualTo(4);
  }
}
