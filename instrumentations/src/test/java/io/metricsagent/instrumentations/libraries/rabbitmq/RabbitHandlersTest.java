package io.metricsagent.instrumentations.libraries.rabbitmq;

import static io.metricsagent.instrumentations.libraries.rabbitmq.Session.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Tx;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Command;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Envelope;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.LongString;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Properties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a message, from its delivery to its settlement. */
class RabbitHandlersTest {
  private final Session session = new Session();
  private final Object channel = new FakeRabbit.Channel();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMessageIsReceivedWhenTheConsumerGetsItAndAckedWhenTheAckIsSent() {
    Consumer consumer = session.consume(channel, "orders");
    deliver(consumer, 1);
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
    assertThat(session.mailbox().queueName()).isEqualTo("orders");
    assertThat(session.mailbox().system()).isEqualTo("rabbitmq");

    session.send(channel, new Basic.Ack(1, false));
    session.send(channel, new Basic.Ack(1, false));
    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void aMessageWithoutAckIsAckedByItsDelivery() {
    Consumer consumer = (Consumer) session.consume(channel, "orders", true, new FakeRabbit.Inbox());
    deliver(consumer, 1, 2);
    session.close(channel);

    assertThat(session.counts()).containsExactly(2L, 2L, 0L, 0L);
  }

  @Test
  void anAckUpToATagSettlesEachMessageUpToIt() {
    deliver(session.consume(channel, "orders"), 1, 2, 3, 4, 5);
    session.send(channel, new Basic.Ack(2, false));
    session.send(channel, new Basic.Ack(3, true));
    assertThat(session.mailbox().acked()).isEqualTo(3);

    session.send(channel, new Basic.Ack(0, true));
    assertThat(session.mailbox().acked()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"true,2,0", "false,0,2"})
  void whatIsRequeuedIsGivenBackAndAnythingElseIsRefusedForGood(
      boolean requeue, long nacked, long dead) {
    deliver(session.consume(channel, "orders"), 1, 2);
    session.send(channel, new Basic.Reject(1, requeue));
    session.send(channel, new Basic.Nack(2, true, requeue));

    assertThat(session.counts()).containsExactly(2L, 0L, nacked, dead);
  }

  @Test
  void anAckThatCannotBeSentCountsNothing() {
    deliver(session.consume(channel, "orders"), 1);
    session.sendInVain(channel, new Basic.Ack(1, false));
    assertThat(session.mailbox().acked()).isZero();

    session.close(channel);
    assertThat(session.counts()).containsExactly(1L, 0L, 1L, 0L);
  }

  @Test
  void tagsOfTwoChannelsHaveNothingToDoWithEachOther() {
    Object other = new FakeRabbit.Channel();
    deliver(session.consume(channel, "orders"), 1, 2);
    deliver(session.consume(other, "orders"), 1, 2);
    session.send(other, new Basic.Ack(0, true));

    assertThat(session.counts()).containsExactly(4L, 2L, 0L, 0L);
  }

  @Test
  void oneChannelHasConsumersOfSeveralQueues() {
    deliver(session.consume(channel, "orders"), 1, 3);
    deliver(session.consume(channel, "bills"), 2);
    session.send(channel, new Basic.Ack(2, true));

    assertThat(Session.counts(session.mailbox("orders"))).containsExactly(2L, 1L, 0L, 0L);
    assertThat(Session.counts(session.mailbox("bills"))).containsExactly(1L, 1L, 0L, 0L);
  }

  /** The application sees tags from 101 on, and the channel sends tags from 1 on. */
  @Test
  void tagsOfAChannelThatRecoveredAreThoseOfTheWire() {
    Object recovered = new FakeRabbit.RecoveredChannel(100);
    deliver(session.consume(recovered, "orders"), 101, 102);
    session.send(recovered, new Basic.Ack(2, false));

    assertThat(session.counts()).containsExactly(2L, 1L, 0L, 0L);
  }

  @Test
  void aClosedChannelGivesBackWhatIsUnsettledAndWhatItStillHandsOver() {
    Consumer consumer = session.consume(channel, "orders");
    deliver(consumer, 1, 2);
    session.close(channel);
    session.close(channel);
    assertThat(session.counts()).containsExactly(2L, 0L, 2L, 0L);

    deliver(consumer, 3);
    assertThat(session.counts()).containsExactly(3L, 0L, 3L, 0L);
  }

  @Test
  void recoverGivesBackAllMessages() {
    deliver(session.consume(channel, "orders"), 1, 2);
    session.ask(channel, new Basic.Recover(true));

    assertThat(session.counts()).containsExactly(2L, 0L, 2L, 0L);
  }

  @Test
  void aMessageThatIsHandedOverMeanwhileIsNeitherGivenBackNorAcked() {
    Consumer consumer = session.consume(channel, "orders");
    deliver(consumer, 1, 2);
    session.ask(channel, new Basic.Recover(true), () -> deliver(consumer, 3));
    assertThat(session.counts()).containsExactly(3L, 0L, 2L, 0L);

    session.send(channel, new Basic.Ack(0, true), () -> deliver(consumer, 4));
    assertThat(session.counts()).containsExactly(4L, 1L, 2L, 0L);
  }

  @Test
  void aTransactionSettlesWhenItIsCommitted() {
    session.ask(channel, new Tx.Select());
    deliver(session.consume(channel, "orders"), 1, 2);
    session.send(channel, new Basic.Ack(1, false));
    session.send(channel, new Basic.Reject(2, false));
    assertThat(session.counts()).containsExactly(2L, 0L, 0L, 0L);

    session.ask(channel, new Tx.Commit());
    assertThat(session.counts()).containsExactly(2L, 1L, 0L, 1L);
  }

  @Test
  void aTransactionThatIsRolledBackLeavesItsMessagesUnsettled() {
    session.ask(channel, new Tx.Select());
    deliver(session.consume(channel, "orders"), 1, 2);
    session.send(channel, new Basic.Ack(2, true));
    session.ask(channel, new Tx.Rollback());
    session.ask(channel, new Tx.Commit());
    assertThat(session.counts()).containsExactly(2L, 0L, 0L, 0L);

    session.ask(channel, new Basic.Recover(true));
    assertThat(session.counts()).containsExactly(2L, 0L, 2L, 0L);
  }

  @Test
  void aChannelThatIsClosedBeforeTheCommitGivesItsMessagesBack() {
    session.ask(channel, new Tx.Select());
    deliver(session.consume(channel, "orders"), 1, 2);
    session.send(channel, new Basic.Ack(1, false));
    session.close(channel);

    assertThat(session.counts()).containsExactly(2L, 0L, 2L, 0L);
  }

  @Test
  void aMessageThatTheApplicationGetsTellsHowManyAreLeft() {
    session.ask(
        channel, new Basic.Get("orders", false), new Command(new Basic.GetOk(1, false, 7), null));
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
    assertThat(session.mailbox().depth()).isEqualTo(7);

    session.send(channel, new Basic.Ack(1, false));
    session.ask(channel, new Basic.Get("orders", true), new Command(new Basic.GetEmpty(), null));
    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
    assertThat(session.mailbox().depth()).isZero();
  }

  @Test
  void aMessageThatTheApplicationGetsMayBeAckedByThat() {
    session.ask(
        channel, new Basic.Get("orders", true), new Command(new Basic.GetOk(1, false, 7), null));

    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void theDepthOfAQueueThatSendsItsMessagesIsUnknown() {
    deliver(session.consume(channel, "orders"), 1);

    assertThat(session.mailbox().depth()).isNull();
  }

  @Test
  void aChannelThatOnlySendsIsNotFollowed() {
    session.send(channel, new Basic.Publish());
    session.send(channel, new Basic.Ack(1, false));

    assertThat(session.mailboxes()).isEmpty();
    assertThat(session.tracker.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"amq.gen-1", "amq.rabbitmq.reply-to", "spring.gen-x"})
  void queuesForAWhileShareAName(String queue) {
    deliver(session.consume(channel, queue), 1);

    assertThat(session.mailbox().queueName()).isEqualTo("_temporary");
  }

  @Test
  void aQueueThatTheApplicationDoesNotNameIsUnknown() {
    deliver(session.consume(channel, ""), 1);

    assertThat(session.mailbox().queueName()).isEqualTo("unknown");
  }

  private void deliver1(Consumer consumer, boolean redelivered, Properties properties) {
    consumer.handleDelivery("tag", new Envelope(1, redelivered), properties, new byte[0]);
  }

  @Test
  void theAgeIsFromTheTimeStampAndItsClockIsTold() {
    Consumer consumer = session.consume(channel, "orders");
    long now = System.currentTimeMillis();
    deliver1(consumer, false, Properties.at(now - 5_000));
    deliver1(consumer, false, Properties.with(Map.of("timestamp_in_ms", now - 7_000)));
    deliver1(consumer, false, Properties.NONE);

    assertThat(session.mailbox().queueLag().count()).isEqualTo(2);
    assertThat(session.mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(1);
    assertThat(session.mailbox().ages(AgeSource.BROKER_CLOCK)).isEqualTo(1);
  }

  private static Properties died(String reason) {
    return Properties.with(
        Map.of(
            "x-death",
            List.of(Map.of("queue", new LongString("orders"), "reason", new LongString(reason)))));
  }

  @Test
  void anExpiredMessageIsToldByItsDeadLetterOnce() {
    Consumer dead = session.consume(channel, "dead");
    deliver1(dead, false, died("expired"));
    deliver1(dead, true, died("expired"));

    assertThat(session.mailbox("orders").expired()).isEqualTo(1);
    assertThat(session.mailbox("orders").received()).isZero();
    assertThat(session.mailbox("dead").received()).isEqualTo(2);
    assertThat(session.mailbox("dead").expired()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxlen", "delivery_limit"})
  void whatTheBrokerAloneGaveUpIsToldByItsDeadLetter(String reason) {
    deliver1(session.consume(channel, "dead"), false, died(reason));

    assertThat(session.mailbox("orders").deadLettered()).isEqualTo(1);
  }

  @Test
  void aRefusedMessageIsNotCountedAgainByItsDeadLetter() {
    deliver1(session.consume(channel, "dead"), false, died("rejected"));

    assertThat(session.mailboxes()).hasSize(1);
  }
}
