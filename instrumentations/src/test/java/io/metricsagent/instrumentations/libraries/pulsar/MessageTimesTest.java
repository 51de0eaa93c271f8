package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How old a message is. */
class MessageTimesTest {
  private static final long HOUR = 3_600_000;
  private static final long NOW = 100 * HOUR;

  /** The part of a message that the producer's client writes. */
  public record Metadata(boolean hasDeliverAtTime, long at) {
    /** Throws where there is none, as the client's class does. */
    public long getDeliverAtTime() {
      if (!hasDeliverAtTime) {
        throw new IllegalStateException("Field 'deliver_at_time' is not set");
      }
      return at;
    }
  }

  /** A message. */
  public record Message(
      long getPublishTime,
      Optional<Long> getBrokerPublishTime,
      Metadata getMessageBuilder,
      String getTopicName,
      Id getMessageId) {}

  /** A message of a consumer of several topics. */
  public record TopicMessage(Message getMessage) {}

  private static Message message(long published, Metadata metadata) {
    return new Message(
        published, Optional.empty(), metadata, PulsarSession.TOPIC, new Id(7, 1, -1));
  }

  private static long deliverable(Object message) {
    return MessageTimes.deliverableMillis(message, NOW - 2 * HOUR, NOW);
  }

  @Test
  void theTimeOfTheBrokerIsTakenWhereThereIsOne() {
    Message of = message(1, null);
    Message stored = new Message(1, Optional.of(2L), null, null, null);

    assertThat(MessageTimes.sentMillis(of)).isEqualTo(1);
    assertThat(MessageTimes.isByBroker(of)).isFalse();
    assertThat(MessageTimes.sentMillis(stored)).isEqualTo(2);
    assertThat(MessageTimes.isByBroker(stored)).isTrue();
  }

  @Test
  void aMessageThatIsDelayedOnPurposeIsAsOldAsItCouldBeDelivered() {
    Message delayed = message(NOW - 2 * HOUR, new Metadata(true, NOW - HOUR));

    assertThat(deliverable(delayed)).isEqualTo(NOW - HOUR);
    assertThat(deliverable(new TopicMessage(delayed))).isEqualTo(NOW - HOUR);
  }

  @Test
  void aMessageThatComesALittleEarlyIsNotOfTheFuture() {
    assertThat(deliverable(message(NOW - 2 * HOUR, new Metadata(true, NOW + 1)))).isEqualTo(NOW);
  }

  @Test
  void aMessageThatWasMeantToComeAtOnceIsAsOldAsItsTimeStamp() {
    long sent = NOW - 2 * HOUR;

    assertThat(deliverable(message(sent, new Metadata(false, NOW)))).isEqualTo(sent);
    assertThat(deliverable(message(sent, new Metadata(true, sent - HOUR)))).isEqualTo(sent);
    assertThat(deliverable(message(sent, null))).isEqualTo(sent);
    assertThat(deliverable("no message")).isEqualTo(sent);
  }

  /** Elsewhere the broker delivers at once. */
  @Test
  void aDelayCountsWhereConsumersShareASubscription() {
    PulsarSession session = new PulsarSession();
    Consumer shared = session.consumer(SubscriptionType.Shared, null);
    Consumer exclusive = session.consumer(SubscriptionType.Exclusive, null);
    long now = System.currentTimeMillis();
    session.handOver(exclusive, message(now - HOUR, new Metadata(true, now + HOUR)));
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isGreaterThanOrEqualTo(HOUR);
    session.close(exclusive);

    session.handOver(shared, message(now - HOUR, new Metadata(true, now + HOUR)));

    assertThat(session.recorded.mailbox().oldestAgeMillis()).isLessThan(HOUR);
    assertThat(session.recorded.mailbox().negativeAges()).isZero();
    assertThat(session.recorded.mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(2);
  }
}
