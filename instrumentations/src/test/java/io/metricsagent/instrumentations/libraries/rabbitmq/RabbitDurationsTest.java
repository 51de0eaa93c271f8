package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Command;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.Test;

/** How long {@code basicGet} and consumers take, where the user asks for it. */
class RabbitDurationsTest {
  private final Session session = new Session(Recorded.timed());
  private final Object channel = new FakeRabbit.Channel();

  @Test
  void aConsumerIsTimedForEachMessage() {
    Session.deliver(session.consume(channel, "orders"), 1, 2);

    assertThat(session.recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(2);
    assertThat(session.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
  }

  @Test
  void aConsumerThatThrowsIsNot() {
    Consumer failing =
        new Consumer() {
          @Override
          public void handleDelivery(
              String consumerTag, Object envelope, Object properties, byte[] body) {
            throw new IllegalStateException();
          }

          @Override
          public void handleCancel(String consumerTag) {}
        };
    Consumer watched = (Consumer) session.consume(channel, "orders", false, failing);

    assertThatThrownBy(() -> Session.deliver(watched, 1)).isInstanceOf(IllegalStateException.class);
    assertThat(session.recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }

  @Test
  void aGetIsTimedIfItGetsAMessage() {
    session.ask(channel, new Basic.Get("orders", true), new Command(new Basic.GetEmpty(), null));
    assertThat(session.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();

    session.ask(
        channel, new Basic.Get("orders", true), new Command(new Basic.GetOk(1, false, 7), null));
    assertThat(session.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
  }
}
