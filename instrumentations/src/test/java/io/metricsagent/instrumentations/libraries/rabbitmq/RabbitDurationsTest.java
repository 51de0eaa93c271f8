package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Command;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long {@code basicGet} and consumers take, where the user asks for it. */
class RabbitDurationsTest {
  private static final Map<String, Long> FAILED_ONCE =
      Map.of("java.lang.IllegalStateException", 1L);

  private final Session session = new Session(Recorded.timed());
  private final Object channel = new FakeRabbit.Channel();

  @Test
  void aConsumerIsTimedForEachMessage() {
    Session.deliver(session.consume(channel, "orders"), 1, 2);

    assertThat(session.recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(2);
    assertThat(session.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
  }

  @Test
  void aConsumerThatThrowsIsTimedWithTheTypeOfItsException() {
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
    assertThat(session.recorded.failures(MailboxMeasures.PROCESS_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(session.recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(1);
  }

  /** The client sends it and waits for no answer. */
  @Test
  void aSettlementIsNotTimed() {
    Session.deliver(session.consume(channel, "orders"), 1);
    session.send(channel, new Basic.Ack(1, false));

    assertThat(session.mailbox().acked()).isEqualTo(1);
    assertThat(session.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
  }

  @Test
  void aGetThatIsInterruptedIsNoFailureAndMakesNoMailbox() {
    Runnable interrupted =
        () -> {
          throw new IllegalStateException(new InterruptedException());
        };
    assertThatThrownBy(() -> session.ask(channel, new Basic.Get("orders", true), interrupted))
        .isInstanceOf(IllegalStateException.class);

    assertThat(session.mailboxes()).isEmpty();
  }

  @Test
  void aGetThatFailsIsTimedUnderTheQueueThatItNames() {
    Runnable failing =
        () -> {
          throw new IllegalStateException("closed");
        };
    assertThatThrownBy(() -> session.ask(channel, new Basic.Get("orders", true), failing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(session.mailbox().queueName()).isEqualTo("orders");
    assertThat(session.recorded.failures(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(FAILED_ONCE);

    Session untimed = new Session();
    assertThatThrownBy(() -> untimed.ask(channel, new Basic.Get("orders", true), failing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(untimed.mailboxes()).isEmpty();
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
