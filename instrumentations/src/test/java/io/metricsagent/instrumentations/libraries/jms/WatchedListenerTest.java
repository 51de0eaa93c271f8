package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener gets its messages even if the agent fails. */
class WatchedListenerTest {
  private final Recorded recorded = new Recorded();
  private final JmsTracker tracker = new JmsTracker(recorded.registry());
  private final SetListenerHandler owner = new SetListenerHandler(tracker);
  private final FakeJms.Message message = new FakeJms.Message("orders");

  private Object consumerOf(FakeJms.Session session) {
    Object consumer = new Object();
    tracker.consumerCreated(session, consumer);
    return consumer;
  }

  private FakeJms.MessageListener watch(FakeJms.MessageListener listener, Object consumer) {
    return (FakeJms.MessageListener) WatchedListener.watch(listener, consumer, tracker, owner);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMessageIsReceivedAndSettledWhenTheListenerReturns() {
    Object consumer = consumerOf(FakeJms.Session.automatic());
    watch(
            received -> {
              assertThat(received).isSameAs(message);
              assertThat(recorded.mailbox().received()).isEqualTo(1);
              assertThat(recorded.mailbox().acked()).isZero();
            },
            consumer)
        .onMessage(message);

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  @Test
  void aMessageAtWhichTheListenerThrowsGoesBack() {
    IllegalStateException thrown = new IllegalStateException();
    FakeJms.MessageListener failing =
        watch(
            received -> {
              throw thrown;
            },
            consumerOf(FakeJms.Session.automatic()));

    assertThatThrownBy(() -> failing.onMessage(message)).isSameAs(thrown);
    assertThat(recorded.mailbox().nacked()).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isZero();
  }

  @Test
  void aMessageOfASessionThatIsCommittedIsNotSettledYet() {
    watch(received -> {}, consumerOf(FakeJms.Session.transacted())).onMessage(message);

    assertThat(recorded.mailbox().received()).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isZero();
  }

  @Test
  void aMessageThatAListenerPassesOnIsReceivedOnce() {
    Object consumer = consumerOf(FakeJms.Session.automatic());
    FakeJms.MessageListener inner = watch(received -> {}, consumer);
    watch(received -> inner.onMessage(received), consumer).onMessage(message);

    assertThat(recorded.mailbox().received()).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  @Test
  void aListenerOfAnUnknownConsumerReceivesButSettlesNothing() {
    watch(received -> {}, new Object()).onMessage(message);

    assertThat(recorded.mailbox().received()).isEqualTo(1);
    assertThat(recorded.mailbox().acked()).isZero();
  }

  @Test
  void aFaultOfTheAgentLeavesTheListenerItsMessage() {
    FakeJms.Message faulty = new FakeJms.Message(null);
    StringBuilder heard = new StringBuilder();
    JmsTracker broken = new JmsTracker(null); // it has nowhere to record
    FakeJms.MessageListener listener =
        (FakeJms.MessageListener)
            WatchedListener.watch(
                (FakeJms.MessageListener) received -> heard.append(received == faulty),
                new Object(),
                broken,
                owner);
    listener.onMessage(faulty);

    assertThat(heard).hasToString("true");
  }

  @Test
  void noMessageIsNotCounted() {
    watch(received -> assertThat(received).isNull(), new Object()).onMessage(null);

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void isUnwrappedForTheApplicationAndForAnotherConsumer() {
    FakeJms.MessageListener own = received -> {};
    FakeJms.MessageListener watched = watch(own, new Object());
    FakeJms.MessageListener again = watch(watched, new Object());

    assertThat(watched).isNotSameAs(own).isEqualTo(own).hasSameHashCodeAs(own);
    assertThat(WatchedListener.unwatched(watched)).isSameAs(own);
    assertThat(WatchedListener.unwatched(again)).isSameAs(own);
    assertThat(WatchedListener.unwatched(own)).isSameAs(own);
    assertThat(WatchedListener.unwatched(null)).isNull();
  }

  @Test
  void anObjectThatIsNotAListenerIsNotReplaced() {
    Object other = new Object();

    assertThat(WatchedListener.watch(other, new Object(), tracker, owner)).isSameAs(other);
  }
}
