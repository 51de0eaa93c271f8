package io.metricsagent.instrumentations.libraries.rabbitmq;

import static io.metricsagent.instrumentations.libraries.rabbitmq.Session.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;
import io.metricsagent.instrumentations.testing.Heap;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Ten thousand channels and consumers are opened and closed, and nothing of them is left. */
class ChannelLeakTest {
  private static final int CHANNELS = 10_000;

  /**
   * Ten thousand channels that are kept take 14 MB; what is kept of a test's own is less than 1.
   */
  private static final long FLAT_BYTES = 3 << 20;

  private final Session session = new Session();

  private void openAndClose(int channels) {
    for (int i = 0; i < channels; i++) {
      Object channel = new FakeRabbit.Channel();
      Consumer consumer = session.consume(channel, "orders");
      session.tracker.spring().received("tag" + i, session.tracker.channel(channel));
      deliver(consumer, 1, 2);
      session.send(channel, new Basic.Ack(1, false));
      session.close(channel);
    }
  }

  @Test
  void tablesAreEmptyAndTheHeapIsFlatAfterChannelsAreClosed() {
    openAndClose(CHANNELS / 10);
    long before = Heap.usedAfterCollection();
    openAndClose(CHANNELS);

    assertThat(session.tracker.isEmpty()).isTrue();
    assertThat(Heap.usedAfterCollection() - before).isLessThan(FLAT_BYTES);
    assertThat(session.mailbox().received()).isEqualTo(2L * (CHANNELS + CHANNELS / 10));
    assertThat(session.mailbox().nacked()).isEqualTo(CHANNELS + CHANNELS / 10);
  }

  /** A channel that is never closed, such as one of a connection that the application drops. */
  @Test
  void aChannelThatIsDroppedIsCollected() {
    WeakReference<Object> dropped = drop();
    for (int i = 0; i < 50 && !dropped.refersTo(null); i++) {
      System.gc();
    }

    assertThat(dropped.refersTo(null)).isTrue();
  }

  private WeakReference<Object> drop() {
    Object channel = new FakeRabbit.Channel();
    deliver(session.consume(channel, "orders"), 1);
    return new WeakReference<>(channel);
  }
}
