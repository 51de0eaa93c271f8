package io.metricsagent.instrumentations.libraries.sqs;

import static io.metricsagent.instrumentations.libraries.sqs.SqsSession.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.BatchResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.Test;

/** How long requests that receive and delete messages take, where the user asks for it. */
class SqsDurationsTest {
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
