package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Envelope;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Inbox;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A consumer gets its messages even if the agent fails. */
class WatchedConsumerTest {
  private final Session session = new Session();
  private final Object channel = new FakeRabbit.Channel();
  private final Inbox own = new Inbox();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void passesEachCallOn() {
    Consumer watched = (Consumer) session.consume(channel, "orders", false, own);
    Envelope envelope = new Envelope(1, false);
    watched.handleDelivery("tag", envelope, Properties.NONE, new byte[0]);
    assertThat(own.envelopes).containsExactly(envelope);

    watched.handleCancel("tag");
    assertThat(own.envelopes).isEmpty();
  }

  @Test
  void whatTheConsumerThrowsReachesTheClient() {
    IllegalStateException thrown = new IllegalStateException();
    Consumer failing =
        new Consumer() {
          @Override
          public void handleDelivery(
              String consumerTag, Object envelope, Object properties, byte[] body) {
            throw thrown;
          }

          @Override
          public void handleCancel(String consumerTag) {}
        };
    Consumer watched = (Consumer) session.consume(channel, "orders", false, failing);

    assertThatThrownBy(() -> Session.deliver(watched, 1)).isSameAs(thrown);
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
  }

  @Test
  void aFaultOfTheAgentLeavesTheConsumerItsMessage() {
    Subscription broken = new Subscription(null, null, false); // it has nowhere to record
    Consumer watched =
        (Consumer)
            WatchedConsumer.watch(
                own, broken, session.tracker, new ConsumeHandler(session.tracker));
    Session.deliver(watched, 1);

    assertThat(own.envelopes).hasSize(1);
  }

  @Test
  void aConsumerThatIsWatchedAlreadyIsWatchedForTheNewSubscriptionOnly() {
    Object first = session.consume(channel, "orders", false, own);
    Consumer second = (Consumer) session.consume(channel, "bills", false, first);
    Session.deliver(second, 1);

    assertThat(session.mailbox("bills").received()).isEqualTo(1);
    assertThat(session.mailbox("orders").received()).isZero();
  }

  @Test
  void theApplicationsHandlerOfExceptionsGetsTheApplicationsConsumer() {
    Object watched = session.consume(channel, "orders", false, own);
    Object[] got = new Object[1];
    Woven.replacing(2, new FailedConsumerHandler())
        .call(
            args -> {
              got[0] = args[2];
              return null;
            },
            "the handler",
            channel,
            new IllegalStateException(),
            watched,
            "tag",
            "handleDelivery");

    assertThat(watched).isNotSameAs(own);
    assertThat(got[0]).isSameAs(own);
  }

  @Test
  void noConsumerIsNotWatched() {
    assertThat(session.consume(channel, "orders", false, null)).isNull();
  }
}
