package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Message;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import org.junit.jupiter.api.Test;

/** Consumers of several topics, of releases in which they do not say what they hand over. */
class SilentConsumersTest {
  /** Has the name of the client's class, by which it is known. */
  private static class MultiTopicsConsumerImpl extends Consumer {
    MultiTopicsConsumerImpl() {
      super("outer");
    }
  }

  /** One whose name is a pattern. */
  private static final class PatternMultiTopicsConsumerImpl extends MultiTopicsConsumerImpl {}

  /** Newer releases, which have the method. */
  private static final class Newer {
    private static final class MultiTopicsConsumerImpl extends Consumer {
      MultiTopicsConsumerImpl() {
        super("outer");
      }

      @SuppressWarnings("unused") // looked for by its name
      private Object getInternalConsumerInterceptors(Object all) {
        return all;
      }
    }
  }

  private static final String PARTITION = PulsarSession.TOPIC + "-partition-3";

  private final PulsarSession session = new PulsarSession();
  private final Message first = PulsarSession.message(PARTITION, 1, -1, 0);
  private final Message second = PulsarSession.message(PARTITION, 2, -1, 0);
  private Consumer inner;

  private Consumer outer(Consumer outer, Object listener) {
    session.make(outer, SubscriptionType.Shared, listener);
    inner = session.make(new Consumer(PARTITION), SubscriptionType.Shared, null);
    session.receives(outer, inner);
    return outer;
  }

  private void assertReceived(long messages) {
    assertThat(session.recorded.mailboxes().stream().mapToLong(MailboxSnapshot::received).sum())
        .isEqualTo(messages);
  }

  @Test
  void areKnownByTheirClass() {
    assertThat(SilentConsumers.isOne(new MultiTopicsConsumerImpl())).isTrue();
    assertThat(SilentConsumers.isOne(new PatternMultiTopicsConsumerImpl())).isTrue();
    assertThat(SilentConsumers.isOne(new Newer.MultiTopicsConsumerImpl())).isFalse();
    assertThat(SilentConsumers.isOne(new Consumer("orders"))).isFalse();
  }

  @Test
  void aMessageIsReceivedWhenItLeavesTheQueueOrCompletesAFuture() {
    Consumer outer = outer(new MultiTopicsConsumerImpl(), null);
    session.handOver(inner, first); // what the inner consumer says when it fetches
    session.handOver(inner, second);
    assertReceived(0);

    session.taken(outer, first);
    assertReceived(1);
    session.completes(outer, second);

    assertReceived(2);
    assertThat(session.recorded.mailbox().queueName()).isEqualTo(PulsarSession.TOPIC);
    session.acknowledge(inner, new Id(7, 1, -1));
    assertThat(session.recorded.mailbox().acked()).isEqualTo(1);
  }

  /** The client says so for each message of a batch. */
  @Test
  void aMessageOfABatchIsReceivedOnce() {
    Consumer outer = outer(new MultiTopicsConsumerImpl(), null);
    session.taken(outer, first);
    session.handOver(outer, first);

    assertReceived(1);
  }

  @Test
  void messagesThatAreTakenOutToGoBackAreNotReceived() {
    Consumer outer = outer(new MultiTopicsConsumerImpl(), null);
    session.expires(outer, () -> session.taken(outer, first));
    assertReceived(0);

    session.taken(outer, second);
    assertReceived(1);
  }

  @Test
  void aListenerGetsAMessageWhenTheClientCallsIt() {
    Consumer outer = outer(new MultiTopicsConsumerImpl(), "listener");
    session.taken(outer, first);
    assertReceived(0);

    session.listen(outer, first, false);

    assertReceived(1);
  }

  @Test
  void ofOtherConsumersNothingCountsThatLeavesTheQueue() {
    outer(new MultiTopicsConsumerImpl(), null); // of another copy of the client
    Consumer outer = outer(new Newer.MultiTopicsConsumerImpl(), null);
    session.taken(inner, first);
    session.taken(outer, first);
    session.completes(outer, first);
    assertReceived(0);

    session.handOver(outer, first);

    assertReceived(1);
  }
}
