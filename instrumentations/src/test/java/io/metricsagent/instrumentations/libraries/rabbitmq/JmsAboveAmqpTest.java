package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.jms.client.JmsConsumer;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Command;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import org.junit.jupiter.api.Test;

/** What RabbitMQ's JMS client does with RabbitMQ's own client is counted by JMS. */
class JmsAboveAmqpTest {
  private final Session session = new Session();
  private final Object channel = new FakeRabbit.Channel();
  private final JmsConsumer consumer = new JmsConsumer();

  @Test
  void theConsumerOfAListenerIsNotWatched() {
    assertThat(session.consume(channel, "orders", false, consumer)).isSameAs(consumer);
    assertThat(session.mailboxes()).isEmpty(); // the queue of a topic has a name of its own
    assertThat(session.tracker.isEmpty()).isTrue();
  }

  @Test
  void aMessageThatAReceiveGetsIsNotCounted() {
    MailboxFrame receive = Nesting.enterInner(this, consumer);
    get();
    Nesting.exitInner(receive, true);

    assertThat(session.mailboxes()).isEmpty();

    get();
    assertThat(session.mailbox().received()).isEqualTo(1);
  }

  private void get() {
    session.ask(
        channel,
        new Basic.Get("orders", false),
        new Command(new Basic.GetOk(1, false, 7), Properties.NONE));
  }
}
