package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Heap;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten thousand sessions of one connection are opened and closed, and nothing of them is left. */
class SessionLeakTest {
  private static final int SESSIONS = 10_000;

  /** Ten thousand sessions that are kept take more than 10 MB. */
  private static final long FLAT_BYTES = 3 << 20;

  private final Recorded recorded = new Recorded();
  private final JmsTracker tracker = new JmsTracker(recorded.registry());
  private final Woven create = Woven.with(new CreateHandler(tracker, CreateHandler.What.SESSION));
  private final Woven createConsumer =
      Woven.with(new CreateHandler(tracker, CreateHandler.What.CONSUMER));
  private final Woven receive = Woven.with(new ReceiveHandler(tracker));
  private final Woven acknowledge = Woven.with(new AcknowledgeHandler(tracker));
  private final Woven close = Woven.with(new SettleHandler(tracker, SettleHandler.How.CLOSE));
  private final Object connection = new Object();

  /** A session that acknowledges one message and leaves another one unsettled. */
  private Object openAndClose() {
    Object session = new FakeJms.OpenSession();
    create.call(args -> session, connection);
    Object consumer = new Object();
    createConsumer.call(args -> consumer, session);
    FakeJms.Message message = new FakeJms.Message("orders", 1_000);
    receive.call(args -> message, consumer);
    acknowledge.call(args -> null, message);
    receive.call(args -> new FakeJms.Message("orders", 1_000), consumer);
    close.call(args -> null, session);
    return session;
  }

  private void openAndClose(int sessions) {
    for (int i = 0; i < sessions; i++) {
      openAndClose();
    }
  }

  @Test
  void tablesAreEmptyAndTheHeapIsFlatAfterSessionsAreClosed() {
    openAndClose(SESSIONS / 10);
    long before = Heap.usedAfterCollection();
    openAndClose(SESSIONS);

    assertThat(tracker.hasNoSessions()).isTrue();
    assertThat(Garbage.collectUntil(tracker::isEmptyButForConnections)).isTrue();
    assertThat(Heap.usedAfterCollection() - before).isLessThan(FLAT_BYTES);
    assertThat(recorded.mailbox().acked()).isEqualTo(SESSIONS + SESSIONS / 10);
    assertThat(recorded.mailbox().nacked()).isEqualTo(SESSIONS + SESSIONS / 10);
    assertThat(tracker.connection(connection).sessions()).isZero();
  }

  /** A pool keeps its sessions, and an application may keep those that it has closed. */
  @Test
  void nothingIsKnownOfASessionThatIsClosedButNotCollected() {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      kept.add(openAndClose());
    }

    assertThat(kept).allMatch(session -> tracker.session(session) == null);
    assertThat(tracker.connection(connection).sessions()).isZero();
  }
}
