package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveResponse;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Ten thousand clients are opened and closed, and nothing of them is left. */
class ClientLeakTest {
  private static final int CLIENTS = 10_000;

  /** What the table of receipts takes when it is full, and the noise of the measurement. */
  private static final long FLAT_BYTES = 3 << 20;

  private final SqsSession session = new SqsSession();

  private void openAndClose(int clients) {
    for (int i = 0; i < clients; i++) {
      Object client = new FakeSqs.Client();
      receive(client, "receipt " + i);
      session.delete("receipt " + i);
      receive(client, "another " + i);
      session.close(client);
    }
  }

  private void receive(Object client, String receipt) {
    session.receive(
        client,
        ReceiveRequest.of(SqsSession.URL),
        args -> ReceiveResponse.of(SqsSession.message(receipt, 1)));
  }

  @Test
  void tablesAreEmptyAndTheHeapIsFlatAfterClientsAreClosed() {
    openAndClose(CLIENTS / 10);
    long before = usedAfterCollection();
    openAndClose(CLIENTS);

    assertThat(session.tracker.isEmpty()).isTrue();
    assertThat(usedAfterCollection() - before).isLessThan(FLAT_BYTES);
    assertThat(session.recorded.mailbox().received()).isEqualTo(2L * (CLIENTS + CLIENTS / 10));
    assertThat(session.recorded.mailbox().acked()).isEqualTo(CLIENTS + CLIENTS / 10);
  }

  /** A client that is never closed. */
  @Test
  void aClientThatIsDroppedIsCollectedAndHasNoOldestMessage() {
    WeakReference<Object> dropped = drop();
    for (int i = 0; i < 50 && !dropped.refersTo(null); i++) {
      System.gc();
    }

    assertThat(dropped.refersTo(null)).isTrue();
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
  }

  private WeakReference<Object> drop() {
    Object client = new FakeSqs.Client();
    receive(client, "receipt");
    return new WeakReference<>(client);
  }

  private static long usedAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
