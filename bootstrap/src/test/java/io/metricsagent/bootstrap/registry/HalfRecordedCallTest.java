package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Snapshots taken while a thread is held up in the middle of a recording. */
class HalfRecordedCallTest {
  private static final long NANOS = 20_000_000;
  private static final int SUCCEEDED = 0;
  private static final int CALL = 2;

  private final Registry registry = Registries.empty();

  @Test
  void aCallThatIsOnlyClaimedForYetIsNotLostByAReset() {
    ToolMetrics tool = registry.tool("read_file");
    tool.recordSuccess(1_000_000);
    registry.reset();

    Cells cells = tool.claim();
    MetricsSnapshot cleared = registry.snapshotAndReset();
    cells.record(SUCCEEDED, NANOS);
    cells.release();

    assertThat(cleared.tools()).isEmpty();
    ToolSnapshot after = registry.snapshot().tools().get(0);
    assertThat(after.callCount()).isEqualTo(1);
    assertThat(after.latency().sumNanos()).isEqualTo(NANOS);
  }

  @Test
  void theSumOfACallThatIsNotCountedYetIsNotLostByAReset() {
    AdapterMetrics adapter = registry.adapter("openai", null, "chat");
    record(adapter, 1_000_000);
    registry.reset();

    Cells cells = adapter.claim();
    cells.record(CALL, NANOS);
    MetricsSnapshot sum = registry.snapshotAndReset();
    cells.record(SUCCEEDED, NANOS);
    cells.release();
    sum = sum.plus(registry.snapshotAndReset());

    AdapterSnapshot all = sum.adapters().get(0);
    assertThat(all.requestCount()).isEqualTo(1);
    assertThat(all.totalLatency().sumNanos()).isEqualTo(NANOS);
    assertThat(all.callLatency().count()).isEqualTo(1);
    assertThat(all.callLatency().sumNanos()).isEqualTo(NANOS);
    assertThat(registry.snapshot().adapters()).isEmpty();
  }

  @Test
  void aMessageThatIsHalfRecordedIsInExactlyOneClearedSnapshotInTheEnd() {
    MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
    mailbox.recordReceived(1, MailboxMetrics.UNKNOWN);
    MetricsSnapshot sum = registry.snapshotAndReset();

    Cells cells = mailbox.claim();
    sum = sum.plus(registry.snapshotAndReset());
    cells.add(2 + 2, 1); // third delivery
    sum = sum.plus(registry.snapshotAndReset());
    cells.add(1, 2); // retries
    sum = sum.plus(registry.snapshotAndReset());
    cells.release();
    sum = sum.plus(registry.snapshotAndReset());

    MailboxSnapshot all = sum.mailboxes().get(0);
    assertThat(all.received()).isEqualTo(2);
    assertThat(all.deliveryCounts()).startsWith(1L, 0L, 1L);
    assertThat(all.retries()).isEqualTo(2);
    assertThat(registry.snapshot().mailboxes()).isEmpty();
  }

  @Test
  void aCallThatIsFinishedWhileItIsReadIsThereAsAWhole() throws Exception {
    AdapterMetrics adapter = registry.adapter("openai", null, "chat");
    CountDownLatch half = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              Cells cells = adapter.claim();
              cells.record(CALL, NANOS);
              half.countDown();
              pause(20);
              cells.record(SUCCEEDED, NANOS);
              cells.release();
            });
    writer.start();
    half.await();
    AdapterSnapshot beside = registry.snapshot().adapters().get(0);
    writer.join();

    assertThat(beside.requestCount()).isEqualTo(1);
    assertThat(beside.callLatency().count()).isEqualTo(1);
    assertThat(beside.totalLatency().sumNanos()).isEqualTo(NANOS);
  }

  @Test
  void othersRecordOnBesideAThreadThatIsHeldUp() {
    ToolMetrics tool = registry.tool("read_file");
    tool.recordSuccess(NANOS);
    Cells heldUp = tool.claim();
    for (int i = 0; i < 1_000; i++) {
      tool.recordSuccess(NANOS);
    }
    Cells heldUpToo = tool.claim();
    for (int i = 0; i < 1_000; i++) {
      tool.recordFailure(NANOS, "timeout");
    }
    heldUp.release();
    heldUpToo.release();

    ToolSnapshot all = registry.snapshot().tools().get(0);
    assertThat(all.callCount()).isEqualTo(2_001);
    assertThat(all.failureCount()).isEqualTo(1_000);
    assertThat(all.latency().sumNanos()).isEqualTo(2_001 * NANOS);
  }

  @Test
  void moreThreadsThanStripesAreHeldUpAndStillEveryOneRecords() {
    ToolMetrics tool = registry.tool("read_file");
    int recordings = 500;
    Cells[] heldUp = new Cells[recordings];
    for (int i = 0; i < recordings; i++) {
      heldUp[i] = tool.claim();
      heldUp[i].record(SUCCEEDED, NANOS);
    }
    for (Cells cells : heldUp) {
      cells.release();
    }

    assertThat(heldUp).doesNotHaveDuplicates();
    assertThat(registry.snapshot().tools().get(0).callCount()).isEqualTo(recordings);
  }

  private static void record(AdapterMetrics adapter, long nanos) {
    adapter.record(-1, nanos, -1, -1, -1, nanos, -1, -1, -1, null);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
