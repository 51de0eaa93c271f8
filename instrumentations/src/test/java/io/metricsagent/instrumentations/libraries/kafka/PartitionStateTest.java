package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartitionStateTest {
  private static final int MESSAGES = 50_000;

  /** So many messages stay unsettled, each a run, that settling one takes a while. */
  private static final int BEHIND = 1_000;

  private final Recorded recorded = new Recorded();
  private final PartitionState partition =
      new PartitionState(new Mailboxes(recorded.registry()).of("orders", "kafka"));

  /** The client commits on a thread of its own while the application polls. */
  @Test
  void aThreadThatCommitsAndOneThatPollsLoseNoMessage() throws InterruptedException {
    AtomicLong position = new AtomicLong();
    Thread committing =
        new Thread(
            () -> {
              while (position.get() < 2 * MESSAGES) {
                partition.committed(position.get() - BEHIND);
              }
            });
    committing.start();
    for (long offset = 0; offset < 2 * MESSAGES; offset += 2) {
      partition.deliveryBegins(offset);
      partition.delivered(offset, offset, 1, 0);
      position.set(offset + 2);
    }
    committing.join();
    partition.committed(2 * MESSAGES);

    assertThat(recorded.mailbox().acked()).isEqualTo(MESSAGES);
    assertThat(partition.unsettled().size()).isZero();
  }
}
