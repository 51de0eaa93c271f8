package io.metricsagent.instrumentations.libraries.sqs;

import static io.metricsagent.instrumentations.libraries.sqs.SqsSession.URL;
import static io.metricsagent.instrumentations.libraries.sqs.SqsSession.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.BatchResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveRequest;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long requests that receive and delete messages take, where the user asks for it. */
class SqsDurationsTest {
  private static final Map<String, Long> FAILED_ONCE =
      Map.of("java.lang.IllegalStateException", 1L);

  private final SqsSession session = new SqsSession(Recorded.timed());

  @Test
  void aRequestThatGotMessagesIsTimedOnce() {
    session.receive(message("r1", 1), message("r2", 1));

    assertThat(session.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
  }

  @Test
  void aRequestThatGotNothingIsNot() {
    session.receive();

    assertThat(session.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aRequestThatFailsIsTimedWithTheTypeOfItsException() {
    Woven.Body failing =
        args -> {
          throw new IllegalStateException("denied");
        };
    assertThatThrownBy(() -> session.receive(session.client, ReceiveRequest.of(URL), failing))
        .isInstanceOf(IllegalStateException.class);
    CompletableFuture<Object> later = new CompletableFuture<>();
    session.delete("r1", args -> later);
    later.completeExceptionally(new IllegalStateException("denied"));

    assertThat(session.recorded.failures(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(session.recorded.failures(MailboxMeasures.SETTLE_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(session.counts()).containsOnly(0L);
  }

  @Test
  void aWaitThatIsGivenUpIsNoFailureAndMakesNoMailbox() {
    Woven.Body interrupted =
        args -> {
          throw new IllegalStateException("aborted", new InterruptedException());
        };
    assertThatThrownBy(() -> session.receive(session.client, ReceiveRequest.of(URL), interrupted))
        .isInstanceOf(IllegalStateException.class);
    CompletableFuture<Object> later = new CompletableFuture<>();
    session.delete("r1", args -> later);
    later.cancel(true);

    assertThat(session.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aBatchThatDeletedNothingIsNot() {
    session.deleteBatch(BatchResponse.of(), new Entry("a", "r1", null));

    assertThat(session.recorded.mailboxes()).isEmpty();
  }

  @Test
  void aBatchThatDeletedSomethingIsTimedOnce() {
    session.deleteBatch(
        BatchResponse.of("a", "b"), new Entry("a", "r1", null), new Entry("b", "r2", null));

    assertThat(session.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(1);
  }

  @Test
  void aDeletionIsTimedAndAnExtensionIsNot() {
    session.receive(message("r1", 1));
    session.visibility("r1", 60);
    assertThat(session.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();

    session.delete("r1");
    assertThat(session.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(1);
  }
}
