package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Settings;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of a consumer say. */
class ConsumerFactsTest {
  /** Has the name of the client's class, by which it is known. */
  private static final class ZeroQueueConsumerImpl extends Consumer {
    ZeroQueueConsumerImpl() {
      super("orders");
    }
  }

  private final Consumer consumer = new Consumer("orders");

  @ParameterizedTest
  @CsvSource({"Exclusive, false", "Failover, false", "Shared, true", "Key_Shared, true"})
  void theBrokerCountsDeliveriesWhereASubscriptionIsShared(SubscriptionType type, boolean counts) {
    ConsumerFacts facts = ConsumerFacts.of(consumer, new Settings(type, null));

    assertThat(facts.countsDeliveries()).isEqualTo(counts);
    assertThat(facts.hasListener()).isFalse();
  }

  @Test
  void aListenerGetsItsMessagesFromTheQueue() {
    Settings settings = new Settings(SubscriptionType.Shared, "listener");

    assertThat(ConsumerFacts.of(consumer, settings).hasListener()).isTrue();
  }

  @Test
  void theListenerOfAConsumerWithoutQueueGetsEachMessageAsItComes() {
    Settings settings = new Settings(SubscriptionType.Shared, "listener");

    assertThat(ConsumerFacts.of(new ZeroQueueConsumerImpl(), settings).hasListener()).isFalse();
  }

  @Test
  void settingsThatCannotBeReadSayNothing() {
    assertThat(ConsumerFacts.of(consumer, null)).isEqualTo(new ConsumerFacts(false, false, false));
    assertThat(ConsumerFacts.of(consumer, "settings"))
        .isEqualTo(new ConsumerFacts(false, false, false));
    assertThat(ConsumerFacts.of(consumer, new Settings(null, null)))
        .isEqualTo(new ConsumerFacts(false, false, false));
  }
}
