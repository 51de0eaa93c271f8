package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.nats.FakeNats.ConsumerInfo;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerFactsTest {
  private static ConsumerInfo info(Duration ackWait) {
    return new ConsumerInfo("ORDERS", "worker", "worker", FakeNats.AckPolicy.All, ackWait);
  }

  @Test
  void aConsumerHasTheFactsThatTheClientWasTold() {
    assertThat(ConsumerFacts.of(info(Duration.ofSeconds(5))))
        .isEqualTo(
            new ConsumerFacts(
                "ORDERS", "worker", true, AckPolicy.ALL, TimeUnit.SECONDS.toNanos(5)));
  }

  @ParameterizedTest
  @CsvSource({",worker", "ORDERS,"})
  void aConsumerWithoutNamesIsNone(String stream, String consumer) {
    ConsumerInfo info =
        new ConsumerInfo(stream, consumer, null, FakeNats.AckPolicy.All, Duration.ofSeconds(5));

    assertThat(ConsumerFacts.of(info)).isNull();
  }

  @ParameterizedTest
  @CsvSource({",30000", "PT-1S,30000", "PT0S,30000", "PT0.001S,1000", "PT1S,1000", "PT2M,120000"})
  void theServerWaitsAtLeastASecondAndUsuallyThirty(Duration told, long millis) {
    assertThat(ConsumerFacts.of(info(told)).ackWaitNanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @ParameterizedTest
  @CsvSource({"9223372036", "9223372036854775807"})
  void aServerMayWaitForever(long seconds) {
    long nanos = ConsumerFacts.of(info(Duration.ofSeconds(seconds))).ackWaitNanos();

    assertThat(nanos).isBetween(TimeUnit.DAYS.toNanos(365), Long.MAX_VALUE / 2);
  }
}
