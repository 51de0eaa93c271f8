package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.Test;

class ListenerPartitionTest {
  private final Recorded recorded = new Recorded();
  private final ListenerPartition partition =
      new ListenerPartition(new Mailboxes(recorded.registry()).of("orders", "kafka"));

  private void fetched(long first, long last) {
    partition.deliveryBegins(first);
    partition.delivered(first, last, last - first + 1, 1_000);
  }

  @Test
  void dividesWhatIsUnsettledFromWhatWaits() {
    fetched(0, 9);
    assertThat(partition.waiting()).isEqualTo(10);
    assertThat(partition.oldestSentMillis()).isZero();

    partition.handedOver(0);
    assertThat(partition.waiting()).isEqualTo(9);
    assertThat(partition.oldestSentMillis()).isEqualTo(1_000);

    partition.committed(1);
    assertThat(partition.waiting()).isEqualTo(9);
    assertThat(partition.oldestSentMillis()).isZero();
  }

  @Test
  void aSeekGivesBackWhatFollowsItOnce() {
    fetched(0, 9);
    for (long offset = 0; offset < 5; offset++) {
      partition.handedOver(offset);
    }
    partition.sought(3);
    partition.sought(3);
    partition.sought(7);
    partition.sought(-1);

    assertThat(recorded.mailbox().nacked()).isEqualTo(2);
    assertThat(partition.waiting()).isEqualTo(7);
  }

  @Test
  void messagesBeforeALaterPollAreSettledByItsCommit() {
    fetched(0, 1);
    partition.handedOver(0);
    partition.handedOver(1);
    fetched(2, 3);
    partition.handedOver(2);
    partition.committed(3);

    assertThat(recorded.mailbox().acked()).isEqualTo(3);
    assertThat(partition.unsettled().size()).isEqualTo(1);
  }

  /** A listener whose future fails may fail with a message that is settled by now. */
  @Test
  void aFailureOfAMessageThatIsNotUnsettledChangesNothing() {
    fetched(0, 3);
    partition.handedOver(0);
    partition.committed(1);
    partition.failed(0);
    partition.failed(2);
    partition.givenUp(2);
    for (long offset = 1; offset < 4; offset++) {
      partition.handedOver(offset);
    }
    partition.committed(4);

    assertThat(recorded.mailbox().acked()).isEqualTo(4);
    assertThat(recorded.mailbox().deadLettered()).isZero();
  }

  @Test
  void aCommitThatReadWhatWasUnsettledBeforeASeekCannotSettleIt() {
    fetched(0, 1);
    partition.handedOver(0);
    DeliveredOffsets read = partition.unsettled();
    partition.sought(0);

    assertThat(partition.replace(read, read.from(1))).isFalse();
  }

  /** The client commits on a thread of its own while the container's thread seeks back. */
  @Test
  void aMessageIsCommittedOrGivenBackAndNotBoth() throws InterruptedException {
    int rounds = 20_000;
    Thread committing =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                partition.committed(Long.MAX_VALUE);
              }
            });
    committing.start();
    for (long offset = 0; offset < rounds; offset++) {
      fetched(offset, offset);
      partition.handedOver(offset);
      partition.sought(offset);
      fetched(offset, offset);
      partition.handedOver(offset);
    }
    committing.interrupt();
    committing.join();
    partition.committed(Long.MAX_VALUE);

    MailboxSnapshot mailbox = recorded.mailbox();
    assertThat(mailbox.acked() + mailbox.nacked()).isEqualTo(2L * rounds);
    assertThat(partition.unsettled().size()).isZero();
  }
}
