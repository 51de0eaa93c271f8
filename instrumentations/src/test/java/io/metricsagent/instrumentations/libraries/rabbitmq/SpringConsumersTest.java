package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Delivery;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Envelope;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Message;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.MessageProperties;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.OfSpring;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.listener.BlockingQueueConsumer.InternalConsumer;

/** Messages that wait in a container of Spring AMQP, and messages that Spring gives up. */
class SpringConsumersTest {
  private final Session session = new Session();
  private final RabbitTracker tracker = session.tracker;
  private final Object channel = new FakeRabbit.Channel();
  private final OfSpring container = new OfSpring("the channel as Spring sees it");
  private final Woven handOver = Woven.with(new SpringHandOverHandler(tracker));
  private final Woven recover = Woven.with(new RepublishHandler(tracker));

  private void subscribe() {
    ChannelMessages messages = tracker.following(channel);
    Subscription subscription = new Subscription(messages, tracker.mailbox("orders"), false);
    tracker.spring().parked(new OfSpring(container.getChannel()), subscription);
  }

  private void handOver(Object from, String queue, long tag, Object message) {
    Delivery delivery = new Delivery("tag", new Envelope(tag, false), Properties.NONE, queue);
    handOver.call(args -> message, from, delivery);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMessageIsReceivedWhenTheContainerTakesItOutOfItsQueue() {
    subscribe();
    handOver(container, "orders", 1, "message");
    handOver(container, "bills", 2, "message");
    session.send(channel, new Basic.Ack(2, true));

    assertThat(Session.counts(session.mailbox("orders"))).containsExactly(1L, 1L, 0L, 0L);
    assertThat(Session.counts(session.mailbox("bills"))).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void aConsumerThatPutsMessagesIntoTheContainersQueueReceivesNothing() {
    Object parking = new InternalConsumer(container.getChannel());
    Object passed = session.consume(channel, "orders", false, parking);
    assertThat(passed).isSameAs(parking);
    Session.deliver((InternalConsumer) passed, 1, 2);
    assertThat(session.mailbox("orders").received()).isZero();

    handOver(container, "orders", 1, "message");
    assertThat(session.mailbox("orders").received()).isEqualTo(1);
  }

  @Test
  void aContainerThatIsUnknownOrTakesNothingReceivesNothing() {
    subscribe();
    handOver(new OfSpring("another channel"), "orders", 1, "message");
    handOver(container, "orders", 2, null);
    handOver.call(args -> null, container, (Object) null);

    assertThat(session.mailbox("orders").received()).isZero();
  }

  @Test
  void aMessageThatIsPublishedAgainIsDeadLetteredAndNotAcked() {
    subscribe();
    handOver(container, "orders", 1, "message");
    handOver(container, "orders", 2, "message");
    recover.call(args -> null, "recoverer", new Message(new MessageProperties("tag", 1)));
    session.send(channel, new Basic.Ack(2, true));

    assertThat(session.counts()).containsExactly(2L, 1L, 0L, 1L);
  }

  @Test
  void aMessageThatCannotBePublishedAgainIsNotDeadLettered() {
    subscribe();
    handOver(container, "orders", 1, "message");
    try {
      recover.call(
          args -> {
            throw new IllegalStateException("no connection");
          },
          "recoverer",
          new Message(new MessageProperties("tag", 1)));
    } catch (IllegalStateException expected) {
      session.send(channel, new Basic.Reject(1, true));
    }

    assertThat(session.counts()).containsExactly(1L, 0L, 1L, 0L);
  }

  @Test
  void aMessageOfAnUnknownConsumerIsLeftAlone() {
    recover.call(args -> null, "recoverer", new Message(new MessageProperties("tag", 1)));
    recover.call(args -> null, "recoverer", new Message(new MessageProperties(null, 1)));

    assertThat(session.mailboxes()).isEmpty();
  }

  /** The client may hand over messages that it got before the connection was lost. */
  @Test
  void aConsumerThatGetsItsFirstMessageAfterItsChannelIsClosedIsForgotten() {
    ChannelMessages messages = tracker.following(channel);
    session.close(channel);
    tracker.spring().received("tag", messages);

    assertThat(tracker.spring().isEmpty()).isTrue();
  }

  @Test
  void aClosedChannelIsForgotten() {
    subscribe();
    handOver(container, "orders", 1, "message");
    assertThat(tracker.spring().isEmpty()).isFalse();
    session.close(channel);

    assertThat(tracker.spring().isEmpty()).isTrue();
  }
}
