package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
  private final Recorded recorded = Recorded.timed();

  private static Measure measure(Operation operation) {
    return switch (operation) {
      case RECEIVE -> MailboxMeasures.RECEIVE_DURATION;
      case SETTLE -> MailboxMeasures.SETTLE_DURATION;
      case PROCESS -> MailboxMeasures.PROCESS_DURATION;
    };
  }

  @ParameterizedTest
  @EnumSource
  void isRecordedUnderItsOwnMeasure(Operation operation) {
    Mailboxes mailboxes = new Mailboxes(recorded.registry());
    operation.ended(mailboxes.begin(), mailboxes.of("orders", "kafka"));

    for (Operation other : Operation.values()) {
      assertThat(recorded.recordings(measure(other)))
          .as(other.name())
          .isEqualTo(other == operation ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheTypeOfTheExceptionInsideItsWrappers(Operation operation) {
    Mailboxes mailboxes = new Mailboxes(recorded.registry());
    operation.ended(
        mailboxes.begin(),
        mailboxes.of("orders", "kafka"),
        new CompletionException(new IllegalStateException("closed")));

    assertThat(recorded.failures(measure(operation)))
        .containsOnly(Map.entry("java.lang.IllegalStateException", 1L));
  }

  @Test
  void isNotTimedUnlessTheUserAsksForIt() {
    Recorded untimed = new Recorded();
    Mailboxes mailboxes = new Mailboxes(untimed.registry());
    MailboxMetrics mailbox = mailboxes.of("orders", "kafka");
    assertThat(mailboxes.begin()).isZero();

    Operation.RECEIVE.ended(mailboxes.begin(), mailbox);
    mailbox.recordReceived(1, MailboxMetrics.UNKNOWN);
    assertThat(untimed.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
  }

  @Test
  void withoutAMessageHasNoQueue() {
    Operation.RECEIVE.ended(new Mailboxes(recorded.registry()).begin(), null);
    assertThat(recorded.mailboxes()).isEmpty();
  }
}
