package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.Test;

/** How long polls take, where the user asks for it. */
class PollDurationTest {
  private final Recorded recorded = Recorded.timed();
  private final Woven poll = Woven.with(new PollHandler(new KafkaTracker(recorded.registry())));
  private final FakeKafka.Consumer consumer = new FakeKafka.Consumer();

  @Test
  void aPollWithMessagesIsTimedUnderTheTopicOfItsFirstMessage() {
    ConsumerRecords both =
        new ConsumerRecords().with("orders", 0, 1_000, 1, 2).with("invoices", 0, 1_000, 7);
    poll.call(args -> both, consumer);

    assertThat(
            recorded.mailboxes().stream()
                .filter(
                    queue -> !queue.series().histogram(MailboxMeasures.RECEIVE_DURATION).isEmpty())
                .map(MailboxSnapshot::queueName))
        .hasSize(1);
  }

  @Test
  void anEmptyPollIsNot() {
    poll.call(args -> new ConsumerRecords(), consumer);

    assertThat(recorded.mailboxes()).isEmpty();
  }
}
