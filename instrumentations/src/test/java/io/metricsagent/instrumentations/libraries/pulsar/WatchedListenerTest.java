package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Message;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener throws is told, though the client catches it. */
class WatchedListenerTest {
  /** The client's interface. */
  public interface MessageListener {
    void received(Object consumer, Object message);

    default void reachedEndOfTopic(Object consumer) {}
  }

  /** Has the name of the client's class, by which it is known. */
  private static final class ZeroQueueConsumerImpl extends Consumer {
    ZeroQueueConsumerImpl() {
      super(PulsarSession.TOPIC);
    }
  }

  private static final MessageListener FAILING =
      (consumer, message) -> {
        throw new IllegalStateException("refused");
      };

  private final PulsarSession session = new PulsarSession(Recorded.timed());
  private final Consumer consumer = session.consumer(SubscriptionType.Shared, "listener");

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  private MessageListener watch(MessageListener listener) {
    return (MessageListener) session.setListener(listener);
  }

  /** Calls a listener as the client does. */
  private void call(MessageListener listener, int entry) {
    Message message = PulsarSession.message(entry);
    session.listen(consumer, message, true, () -> caught(listener, consumer, message));
  }

  private static void caught(MessageListener listener, Consumer consumer, Message message) {
    try {
      listener.received(consumer, message);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("refused"); // the client logs it
    }
  }

  private long calls() {
    return session.recorded.recordings(MailboxMeasures.PROCESS_DURATION);
  }

  private Map<String, Long> failures() {
    return session.recorded.failures(MailboxMeasures.PROCESS_DURATION);
  }

  @Test
  void aCallThatThrowsIsTimedUnderTheTypeOfTheError() {
    call(watch(FAILING), 1);
    call(watch((any, message) -> {}), 2);

    assertThat(calls()).isEqualTo(2);
    assertThat(failures()).containsExactly(Map.entry("java.lang.IllegalStateException", 1L));
  }

  /** The outer listener handles what the inner one throws. */
  @Test
  void aListenerThatPassesAMessageOnHasTheLastWord() {
    MessageListener inner = watch(FAILING);
    call(watch((any, message) -> caught(inner, consumer, (Message) message)), 1);

    assertThat(calls()).isEqualTo(1);
    assertThat(failures()).isEmpty();
  }

  @Test
  void theListenerOfAConsumerWithoutQueueIsTimedToo() {
    Consumer without =
        session.make(new ZeroQueueConsumerImpl(), SubscriptionType.Shared, "listener");
    Message message = PulsarSession.message(1);
    session.handOver(without, message);
    assertThatThrownBy(() -> watch(FAILING).received(without, message)).hasMessage("refused");

    assertThat(calls()).isEqualTo(1);
    assertThat(failures()).containsExactly(Map.entry("java.lang.IllegalStateException", 1L));
  }

  @Test
  void theApplicationsListenerGetsEachCall() {
    List<Object> got = new ArrayList<>();
    MessageListener listener =
        new MessageListener() {
          @Override
          public void received(Object from, Object message) {
            got.add(message);
          }

          @Override
          public void reachedEndOfTopic(Object from) {
            got.add(from);
          }
        };
    MessageListener watched = watch(listener);
    Message message = PulsarSession.message(1);
    watched.received("of nobody known", message);
    watched.reachedEndOfTopic(consumer);

    assertThat(got).containsExactly(message, consumer);
    assertThat(watched).isNotSameAs(listener).isEqualTo(listener);
    assertThat(watch(watched)).isSameAs(watched);
  }

  @Test
  void theListenerStaysWhereNothingIsTimed() {
    assertThat(new PulsarSession().setListener(FAILING)).isSameAs(FAILING);
    assertThat(session.setListener(null)).isNull();
  }
}
