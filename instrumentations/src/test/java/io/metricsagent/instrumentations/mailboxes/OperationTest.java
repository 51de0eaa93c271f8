package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Recorded;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** As of a client. */
  static final class InterruptException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** As of a client. */
  static final class WakeupException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static Stream<Throwable> waitsThatAreGivenUp() {
    return Stream.of(
        new InterruptedException(),
        new CancellationException(),
        new CompletionException(new CancellationException()),
        new IllegalStateException("in the client", new InterruptedException()),
        new ClosedByInterruptException(),
        new WakeupException(),
        new InterruptException());
  }

  @ParameterizedTest
  @MethodSource("waitsThatAreGivenUp")
  void aWaitThatIsGivenUpIsNoFailure(Throwable givenUp) {
    Mailboxes mailboxes = new Mailboxes(recorded.registry());
    MailboxMetrics mailbox = mailboxes.of("orders", "kafka");
    mailbox.recordReceived(1, MailboxMetrics.UNKNOWN);
    Operation.RECEIVE.ended(mailboxes.begin(), mailbox, givenUp);
    Operation.SETTLE.ended(mailboxes.begin(), mailbox, givenUp);
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();

    Operation.PROCESS.ended(mailboxes.begin(), mailbox, givenUp); // what a listener throws is one
    assertThat(recorded.failures(MailboxMeasures.PROCESS_DURATION)).hasSize(1);
  }

  @Test
  void aTimeLimitThatRanOutIsAFailure() {
    Mailboxes mailboxes = new Mailboxes(recorded.registry());
    Operation.SETTLE.ended(
        mailboxes.begin(), mailboxes.of("orders", "nats"), new TimeoutException());
    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION))
        .isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
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
