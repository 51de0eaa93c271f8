package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long receiving, acknowledging and listening takes, where the user asks for it. */
class JmsDurationsTest {
  private static final Map<String, Long> FAILED_ONCE =
      Map.of("java.lang.IllegalStateException", 1L);

  private final Recorded recorded = Recorded.timed();
  private final JmsTracker tracker = new JmsTracker(recorded.registry());
  private final Woven create = Woven.with(new CreateHandler(tracker, CreateHandler.What.CONSUMER));
  private final Woven receive = Woven.with(new ReceiveHandler(tracker));
  private final Woven acknowledge = Woven.with(new AcknowledgeHandler(tracker));
  private final Woven set = Woven.replacing(0, new SetListenerHandler(tracker));
  private final FakeJms.Message message = new FakeJms.Message("orders");

  private Object consumerOf(Object session) {
    Object consumer = new Object();
    return create.call(args -> consumer, session);
  }

  @Test
  void aReceiveIsTimedOnceThoughAWrapperPassesItOn() {
    Object consumer = consumerOf(FakeJms.Session.automatic());
    receive.call(args -> receive.call(inner -> message, consumer), "a wrapper");

    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
    assertThat(recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }

  @Test
  void anAcknowledgementIsTimedAlsoIfItFails() {
    Object consumer = consumerOf(FakeJms.Session.acknowledging());
    receive.call(args -> message, consumer);
    assertThatThrownBy(
            () ->
                acknowledge.call(
                    args -> {
                      throw new IllegalStateException("closed");
                    },
                    message))
        .isInstanceOf(IllegalStateException.class);
    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isZero();

    acknowledge.call(args -> null, message);
    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(2);
    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  /** As a message's class that calls its super class, which calls the session. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAcknowledgementThatPassesSeveralLayersIsTimedOnce(boolean each) {
    Object session = each ? FakeJms.Session.acknowledgingEach() : FakeJms.Session.acknowledging();
    Woven ofSession = Woven.with(new SettleHandler(tracker, SettleHandler.How.ACK));
    Woven ofSuper = Woven.with(new AcknowledgeHandler(tracker));
    receive.call(args -> message, consumerOf(session));
    acknowledge.call(
        args ->
            ofSuper.call(
                inner -> each ? null : ofSession.call(innermost -> null, session), message),
        message);

    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isEqualTo(1);
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void anAcknowledgementThatFailsInSeveralLayersFailsOnce() {
    receive.call(args -> message, consumerOf(FakeJms.Session.acknowledging()));
    assertThatThrownBy(
            () ->
                acknowledge.call(
                    args ->
                        acknowledge.call(
                            inner -> {
                              throw new IllegalStateException("closed");
                            },
                            message),
                    message))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(recorded.mailbox().acked()).isZero();
  }

  @Test
  void aWaitThatGotNothingOrWasInterruptedIsNotTimed() {
    Object consumer = consumerOf(FakeJms.Session.automatic());
    receive.call(args -> message, consumer);
    receive.call(args -> null, consumer);
    assertThatThrownBy(
            () ->
                receive.call(
                    args -> {
                      throw new IllegalStateException(new InterruptedException());
                    },
                    consumer))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
  }

  @Test
  void aCommitIsNotTimed() {
    Object session = FakeJms.Session.transacted();
    receive.call(args -> message, consumerOf(session));
    Woven.with(new SettleHandler(tracker, SettleHandler.How.ACK)).call(args -> null, session);

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
  }

  @Test
  void aReceiveThatFailsTellsNoQueue() {
    assertThatThrownBy(
            () ->
                receive.call(
                    args -> {
                      throw new IllegalStateException("closed");
                    },
                    consumerOf(FakeJms.Session.automatic())))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void nothingIsTimedUnlessTheUserAsksForIt() {
    Recorded untimed = new Recorded();
    JmsTracker other = new JmsTracker(untimed.registry());
    Object session = FakeJms.Session.acknowledging();
    Object consumer = new Object();
    Woven.with(new CreateHandler(other, CreateHandler.What.CONSUMER))
        .call(args -> consumer, session);
    Woven.with(new ReceiveHandler(other)).call(args -> message, consumer);
    AcknowledgeHandler handler = new AcknowledgeHandler(other);
    assertThat(handler.enter(message, null, null, null)).isSameAs(message); // and no frame
    assertThat(FrameStack.current().top()).isNull();
    handler.exit(message, null, null);

    assertThat(untimed.mailbox().acked()).isEqualTo(1);
    assertThat(untimed.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    assertThat(untimed.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
    assertThat(untimed.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }

  @Test
  void aListenerIsTimedAlsoIfItFails() {
    FakeJms.MessageListener[] kept = new FakeJms.MessageListener[1];
    FakeJms.MessageListener own =
        handled -> {
          if (handled == message) {
            throw new IllegalStateException("bad");
          }
        };
    set.call(args -> kept[0] = (FakeJms.MessageListener) args[0], "consumer", own);

    assertThatThrownBy(() -> kept[0].onMessage(message)).isInstanceOf(IllegalStateException.class);
    assertThat(recorded.failures(MailboxMeasures.PROCESS_DURATION)).isEqualTo(FAILED_ONCE);
    kept[0].onMessage(new FakeJms.Message("orders"));
    assertThat(recorded.failures(MailboxMeasures.PROCESS_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(2);
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
  }
}
