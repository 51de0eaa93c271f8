package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that expire in the client of Artemis. */
class ArtemisExpiryTest {
  /** As in the client. */
  public enum RoutingType {
    MULTICAST,
    ANYCAST
  }

  /** As in the client. */
  public record QueueQuery(boolean isTemporary, RoutingType getRoutingType) {}

  /** As in the client. */
  public record ClientConsumer(QueueQuery getQueueInfo) {}

  /** As in the client. */
  public record Message(String getAddress) {}

  private final Recorded recorded = new Recorded();
  private final Woven expire =
      Woven.with(new ArtemisExpiryHandler(new JmsTracker(recorded.registry())));

  private static ClientConsumer consumer(boolean temporary, RoutingType routing) {
    return new ClientConsumer(new QueueQuery(temporary, routing));
  }

  @ParameterizedTest
  @CsvSource({
    "orders, false, ANYCAST, orders",
    "jms.queue.orders, false, ANYCAST, orders",
    "prices, true, MULTICAST, prices",
    "6f1c-11, true, ANYCAST, _temporary",
  })
  void countInTheQueueThatTheyWereIn(
      String address, boolean temporary, RoutingType routing, String queue) {
    expire.call(args -> null, "session", consumer(temporary, routing), new Message(address));

    assertThat(recorded.mailbox().queueName()).isEqualTo(queue);
    assertThat(recorded.mailbox().system()).isEqualTo("artemis");
    assertThat(recorded.mailbox().expired()).isEqualTo(1);
    assertThat(recorded.mailbox().received()).isZero();
  }

  @Test
  void countNothingIfTheBrokerDoesNotHearOfIt() {
    assertThatThrownBy(
            () ->
                expire.call(
                    args -> {
                      throw new IllegalStateException("closed");
                    },
                    "session",
                    consumer(false, RoutingType.ANYCAST),
                    new Message("orders")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.mailboxes()).isEmpty();
  }
}
