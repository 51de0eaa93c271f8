package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a message, from a consumer to the settlement of its session. */
class JmsHandlersTest {
  private final Recorded recorded = new Recorded();
  private final JmsTracker tracker = new JmsTracker(recorded.registry());
  private final Woven create = Woven.with(new CreateHandler(tracker, CreateHandler.What.CONSUMER));
  private final Woven receive = Woven.with(new ReceiveHandler(tracker));
  private final Woven commit = Woven.with(new SettleHandler(tracker, SettleHandler.How.ACK));
  private final Woven giveBack =
      Woven.with(new SettleHandler(tracker, SettleHandler.How.GIVE_BACK));
  private final Woven acknowledge = Woven.with(new AcknowledgeHandler(tracker));
  private final Woven set = Woven.replacing(0, new SetListenerHandler(tracker));
  private final Woven get = Woven.with(new GetListenerHandler());

  private final FakeJms.Message message = new FakeJms.Message("orders");
  private final FakeJms.Message other = new FakeJms.Message("orders");

  private Object consumerOf(Object session) {
    Object consumer = new Object();
    return create.call(args -> consumer, session);
  }

  private Object receive(Object consumer, Object received) {
    return receive.call(args -> received, consumer);
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMessageOfASessionThatSettlesByItselfIsAcknowledgedAtOnce() {
    assertThat(receive(consumerOf(FakeJms.Session.automatic()), message)).isSameAs(message);

    assertThat(mailbox().queueName()).isEqualTo("orders");
    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().acked()).isEqualTo(1);
  }

  @Test
  void aReceiveWithoutAMessageCountsNothing() {
    assertThat(receive(consumerOf(FakeJms.Session.automatic()), null)).isNull();

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void aMessageThatAWrapperPassesOnIsReceivedOnce() {
    Object own = consumerOf(FakeJms.Session.automatic());
    receive.call(args -> receive(own, message), "a wrapper");

    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().acked()).isEqualTo(1);
  }

  @Test
  void messagesOfATransactionAreSettledByItsCommitOnce() {
    FakeJms.Session session = FakeJms.Session.transacted();
    Object consumer = consumerOf(session);
    receive(consumer, message);
    receive(consumer, other);
    assertThat(mailbox().acked()).isZero();

    commit.call(args -> null, session);
    commit.call(args -> null, session);
    assertThat(mailbox().acked()).isEqualTo(2);
    assertThat(mailbox().nacked()).isZero();
  }

  @Test
  void messagesOfATransactionThatFailsToCommitOrRollsBackGoBack() {
    FakeJms.Session session = FakeJms.Session.transacted();
    Object consumer = consumerOf(session);
    IllegalStateException thrown = new IllegalStateException();
    receive(consumer, message);
    assertThatThrownBy(
            () ->
                commit.call(
                    args -> {
                      throw thrown;
                    },
                    session))
        .isSameAs(thrown);
    receive(consumer, other);
    giveBack.call(args -> null, session);

    assertThat(mailbox().nacked()).isEqualTo(2);
    assertThat(mailbox().acked()).isZero();
  }

  @Test
  void closingAConnectionGivesTheMessagesOfItsSessionsBackOnce() {
    Object connection = new Object();
    FakeJms.Session session = FakeJms.Session.acknowledging();
    Woven.with(new CreateHandler(tracker, CreateHandler.What.SESSION))
        .call(args -> session, connection);
    Object consumer = consumerOf(session);
    receive(consumer, message);
    receive(consumer, other);
    Woven close = Woven.with(new CloseConnectionHandler(tracker));
    close.call(args -> null, new Object());
    assertThat(mailbox().nacked()).isZero();

    close.call(args -> giveBack.call(inner -> null, session), connection);
    close.call(args -> null, connection);
    assertThat(mailbox().nacked()).isEqualTo(2);
    assertThat(mailbox().acked()).isZero();
  }

  @Test
  void aConnectionThatClosesNoSessionGivesTheirMessagesBackToo() {
    Object connection = new Object();
    FakeJms.Session session = FakeJms.Session.acknowledging();
    Woven.with(new CreateHandler(tracker, CreateHandler.What.SESSION))
        .call(args -> session, connection);
    receive(consumerOf(session), message);

    Woven.with(new CloseConnectionHandler(tracker)).call(args -> null, connection);
    assertThat(mailbox().nacked()).isEqualTo(1);
  }

  /** Such as {@code close} by a listener, or {@code recover} of a session with transactions. */
  @Test
  void whatTheProviderRefusesGivesNothingBack() {
    Object connection = new Object();
    FakeJms.Session session = FakeJms.Session.transacted();
    Woven.with(new CreateHandler(tracker, CreateHandler.What.SESSION))
        .call(args -> session, connection);
    Object consumer = consumerOf(session);
    receive(consumer, message);
    assertRefused(giveBack, session);
    assertRefused(Woven.with(new CloseConnectionHandler(tracker)), connection);
    assertThat(mailbox().nacked()).isZero();

    commit.call(args -> null, session);
    assertThat(mailbox().acked()).isEqualTo(1);
  }

  private static void assertRefused(Woven method, Object self) {
    FakeJms.IllegalStateException refused = new FakeJms.IllegalStateException();
    assertThatThrownBy(
            () ->
                method.call(
                    args -> {
                      throw refused;
                    },
                    self))
        .isSameAs(refused);
  }

  @Test
  void knowsTheOldestMessageThatIsNotSettled() {
    Object consumer = consumerOf(FakeJms.Session.acknowledging());
    receive(consumer, new FakeJms.Message("orders", 1_000));
    assertThat(mailbox().oldestAgeMillis()).isPositive();

    acknowledge.call(args -> null, message);
    receive(consumer, message);
    acknowledge.call(args -> null, message);
    assertThat(mailbox().oldestAgeMillis()).isNull();
    assertThat(mailbox().ages(AgeSource.PRODUCER_CLOCK)).isEqualTo(1);
  }

  @Test
  void anAcknowledgementSettlesAllMessagesOfItsSession() {
    Object consumer = consumerOf(FakeJms.Session.acknowledging());
    receive(consumer, message);
    receive(consumer, other);
    acknowledge.call(args -> null, message);

    assertThat(mailbox().acked()).isEqualTo(2);
  }

  @Test
  void anAcknowledgementSettlesItsMessageAloneWhereTheModeSaysSoAndOnce() {
    Object consumer = consumerOf(FakeJms.Session.acknowledgingEach());
    receive(consumer, message);
    receive(consumer, other);
    acknowledge.call(args -> null, message);
    acknowledge.call(args -> null, message);

    assertThat(mailbox().acked()).isEqualTo(1);
  }

  @Test
  void anAcknowledgementThatThrowsSettlesNothing() {
    Object consumer = consumerOf(FakeJms.Session.acknowledging());
    receive(consumer, message);
    assertThatThrownBy(
            () ->
                acknowledge.call(
                    args -> {
                      throw new IllegalStateException();
                    },
                    message))
        .isInstanceOf(IllegalStateException.class);

    assertThat(mailbox().acked()).isZero();
  }

  @Test
  void theApplicationGetsTheListenerBackThatItHasSet() {
    FakeJms.MessageListener own = received -> {};
    Object[] kept = new Object[1];
    set.call(args -> kept[0] = args[0], "consumer", own);

    assertThat(kept[0]).isNotSameAs(own).isInstanceOf(FakeJms.MessageListener.class);
    assertThat(get.call(args -> kept[0], "consumer")).isSameAs(own);
  }

  @Test
  void removingTheListenerIsPassedOn() {
    Object[] kept = {"not called"};
    set.call(args -> kept[0] = args[0], "consumer", (Object) null);

    assertThat(kept[0]).isNull();
    assertThat(get.call(args -> null, "consumer")).isNull();
  }

  /** As {@code org.apache.activemq.command.MessageAck}. */
  public record Ack(int getAckType, int getMessageCount, FakeJms.Queue getDestination) {}

  @ParameterizedTest
  @CsvSource({"1, 3, 0, 0", "3, 0, 3, 0", "6, 0, 0, 3", "2, 0, 0, 0"})
  void acknowledgementsShowTheDecisionsOfActiveMqsClient(
      int type, long dead, long redelivered, long expired) {
    SiteHandler handler = new ActiveMqAckHandler(tracker);
    recorded.registry().mailbox("orders", "activemq");
    Woven.with(handler)
        .call(args -> null, "session", new Ack(type, 3, new FakeJms.Queue("orders")));

    assertThat(mailbox().deadLettered()).isEqualTo(dead);
    assertThat(mailbox().nacked()).isEqualTo(redelivered);
    assertThat(mailbox().expired()).isEqualTo(expired);
  }
}
