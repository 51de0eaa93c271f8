package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import org.junit.jupiter.api.Test;

class JmsMessagesTest {
  /** A message that may be delivered only later than it was sent. */
  public record Delayed(long getJMSTimestamp, long getJMSDeliveryTime) {}

  /** As a provider's. */
  public record TemporaryQueue(String getQueueName) {}

  /** As a provider's. */
  public record Topic(String getTopicName) {}

  /** A message by where it came from. */
  public record From(Object getJMSDestination) {}

  /** The application wants the delay, so it is no time that the message waited. */
  @Test
  void aMessageThatIsDelayedOnPurposeIsAsOldAsItCouldBeDelivered() {
    assertThat(JmsMessages.sentMillis(new Delayed(1_000, 61_000))).isEqualTo(61_000);
    assertThat(JmsMessages.sentMillis(new Delayed(1_000, 0))).isEqualTo(1_000);
    assertThat(JmsMessages.sentMillis(new Delayed(0, 0))).isNotPositive();
  }

  @Test
  void queuesForRepliesShareOneName() {
    assertThat(JmsMessages.queue(new From(new TemporaryQueue("ID:host-1"))))
        .isEqualTo("_temporary");
    assertThat(JmsMessages.queue(new From(new FakeJms.Queue("orders")))).isEqualTo("orders");
    assertThat(JmsMessages.queue(new From(new Topic("prices")))).isEqualTo("prices");
    assertThat(JmsMessages.queue(new From(null))).isNull();
  }

  @Test
  void aMessageWithoutTheirCountHasAnUnknownOne() {
    assertThat(JmsMessages.deliveryCount(new From(null))).isEqualTo(MailboxMetrics.UNKNOWN);
  }
}
