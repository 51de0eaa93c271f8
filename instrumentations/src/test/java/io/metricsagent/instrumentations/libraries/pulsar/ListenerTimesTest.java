package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Message;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.Test;

/** How long listeners took, under the queue that each message came from. */
class ListenerTimesTest {
  private final PulsarSession session = new PulsarSession(Recorded.timed());

  private long times(String queue) {
    return session.recorded.mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .mapToLong(mailbox -> mailbox.series().histogram(MailboxMeasures.PROCESS_DURATION).count())
        .sum();
  }

  @Test
  void eachCallOfAListenerIsTimed() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.listen(listening, PulsarSession.message(1), true);
    session.listen(listening, PulsarSession.message(2), true);

    assertThat(times(PulsarSession.TOPIC)).isEqualTo(2);
  }

  @Test
  void aListenerOfAnOldReleaseIsTimed() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.handOver(listening, PulsarSession.message(1));
    session.listen(listening, PulsarSession.message(1), false);

    assertThat(times(PulsarSession.TOPIC)).isEqualTo(1);
  }

  /** The client calls it with the message of an inner consumer. */
  @Test
  void aListenerOfSeveralTopicsIsTimedUnderTheTopicOfEachMessage() {
    Consumer outer = session.make(new Consumer("outer"), SubscriptionType.Shared, "listener");
    Consumer one = session.make(new Consumer("one"), SubscriptionType.Shared, null);
    Consumer other = session.make(new Consumer("other"), SubscriptionType.Shared, null);
    session.receives(outer, one);
    session.receives(outer, other);

    listen(outer, PulsarSession.message("one", 1, -1, 0));
    listen(outer, PulsarSession.message("other", 1, -1, 0));
    listen(outer, PulsarSession.message("other", 2, -1, 0));

    assertThat(times("one")).isEqualTo(1);
    assertThat(times("other")).isEqualTo(2);
  }

  private void listen(Consumer consumer, Message message) {
    session.listen(consumer, message, true);
  }

  @Test
  void aListenerThatWasNotCalledIsNotTimed() {
    Consumer listening = session.consumer(SubscriptionType.Shared, "listener");
    session.listen(listening, PulsarSession.message(1), true);
    session.listen(listening, PulsarSession.message(2), false); // skipped: it was closed meanwhile

    assertThat(times(PulsarSession.TOPIC)).isEqualTo(1);
  }
}
