package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.LongString;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageFactsTest {
  @Test
  void theSendersTimeStampIsInMilliseconds() {
    assertThat(MessageFacts.senderMillis(Properties.at(1_700_000_000_000L)))
        .isEqualTo(1_700_000_000_000L);
    assertThat(MessageFacts.senderMillis(Properties.NONE)).isZero();
    assertThat(MessageFacts.senderMillis(null)).isZero();
  }

  @Test
  void theBrokersTimeStampIsAHeader() {
    assertThat(MessageFacts.brokerMillis(Map.of("timestamp_in_ms", 1_700_000_000_123L)))
        .isEqualTo(1_700_000_000_123L);
    assertThat(MessageFacts.brokerMillis(Map.of("timestamp_in_ms", "soon"))).isZero();
    assertThat(MessageFacts.brokerMillis(null)).isZero();
  }

  @Test
  void theFirstDeliveryIsTheFirstWhateverTheHeadersSay() {
    assertThat(MessageFacts.deliveryCount(false, null)).isEqualTo(1);
    assertThat(MessageFacts.deliveryCount(false, Map.of("x-delivery-count", 4L))).isEqualTo(1);
  }

  @Test
  void aQuorumQueueCountsEarlierDeliveries() {
    assertThat(MessageFacts.deliveryCount(true, Map.of("x-delivery-count", 2L))).isEqualTo(3);
    assertThat(MessageFacts.deliveryCount(true, Map.of("x-delivery-count", 1))).isEqualTo(2);
  }

  @Test
  void aRedeliveryWithoutACountIsOfUnknownNumber() {
    assertThat(MessageFacts.deliveryCount(true, null)).isEqualTo(MailboxMetrics.UNKNOWN);
    assertThat(MessageFacts.deliveryCount(true, Map.of("x-delivery-count", 0L)))
        .isEqualTo(MailboxMetrics.UNKNOWN);
    assertThat(MessageFacts.deliveryCount(true, Map.of("x-delivery-count", "two")))
        .isEqualTo(MailboxMetrics.UNKNOWN);
  }

  @Test
  void theNewestDeathComesFirst() {
    Map<String, Object> newest = Map.of("queue", new LongString("b"));
    Map<String, Object> older = Map.of("queue", new LongString("a"));
    Map<?, ?> last = MessageFacts.lastDeath(Map.of("x-death", List.of(newest, older)));

    assertThat(MessageFacts.text(last, "queue")).isEqualTo("b");
    assertThat(MessageFacts.text(last, "reason")).isNull();
  }

  @Test
  void aHeaderOfAnotherFormIsNoDeath() {
    assertThat(MessageFacts.lastDeath(null)).isNull();
    assertThat(MessageFacts.lastDeath(Map.of("x-death", "long ago"))).isNull();
    assertThat(MessageFacts.lastDeath(Map.of("x-death", List.of()))).isNull();
    assertThat(MessageFacts.lastDeath(Map.of("x-death", List.of("long ago")))).isNull();
  }

  @Test
  void aMessageThatSpringPublishedAgainDiedBefore() {
    Map<String, Object> headers =
        Map.of("x-death", List.of(Map.of("queue", "a")), "x-original-exchange", "");

    assertThat(MessageFacts.lastDeath(headers)).isNull();
  }

  @Test
  void noHeadersAreNull() {
    assertThat(MessageFacts.headers(Properties.NONE)).isNull();
    assertThat(MessageFacts.headers(Properties.with(Map.of()))).isNull();
    assertThat(MessageFacts.headers(Properties.with(Map.of("a", 1)))).isEqualTo(Map.of("a", 1));
  }
}
