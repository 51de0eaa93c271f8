package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import org.junit.jupiter.api.Test;

/** Snapshots taken while a thread is held up in the middle of a recording. */
class HalfRecordedCallTest {
  private static final long NANOS = 20_000_000;

  private final Registry registry = Registries.empty();

  @Test
  void theSumOfACallThatIsNotCountedYetIsNotLostByAReset() {
    ToolMetrics tool = registry.tool("read_file");
    tool.recordSuccess(1_000_000);
    registry.reset();

    HistogramCells cells = Inside.base(Inside.succeeded(tool));
    tool.begin(1);
    assertThat(cells.tryAddToSum(NANOS)).isTrue();
    MetricsSnapshot cleared = registry.snapshotAndReset();
    cells.count(HistogramLayout.index(NANOS), NANOS);

    assertThat(cleared.tools()).isEmpty();
    ToolSnapshot after = registry.snapshot().tools().get(0);
    assertThat(after.callCount()).isEqualTo(1);
    assertThat(after.latency().sumNanos()).isEqualTo(NANOS);
  }

  @Test
  void aMessageThatIsHalfRecordedIsInExactlyOneClearedSnapshotInTheEnd() {
    MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
    mailbox.recordReceived(1, MailboxMetrics.UNKNOWN);
    MetricsSnapshot sum = registry.snapshotAndReset();

    mailbox.begin(1);
    sum = sum.plus(registry.snapshotAndReset());
    ((Counter[]) Inside.get(mailbox, "deliveries"))[2].inc();
    sum = sum.plus(registry.snapshotAndReset());
    ((Counter) Inside.get(mailbox, "retries")).inc(2);
    sum = sum.plus(registry.snapshotAndReset());
    ((Counter) Inside.get(mailbox, "recorded")).inc();
    sum = sum.plus(registry.snapshotAndReset());

    MailboxSnapshot all = sum.mailboxes().get(0);
    assertThat(all.received()).isEqualTo(2);
    assertThat(all.deliveryCounts()).startsWith(1L, 0L, 1L);
    assertThat(all.retries()).isEqualTo(2);
    assertThat(registry.snapshot().mailboxes()).isEmpty();
  }

  @Test
  void aCallThatIsFinishedWhileItIsReadIsThereAsAWholeOrNotAtAll() throws Exception {
    ToolMetrics tool = registry.tool("read_file");
    HistogramCells cells = Inside.base(Inside.succeeded(tool));
    tool.begin(1);
    assertThat(cells.tryAddToSum(NANOS)).isTrue();
    Thread writer = new Thread(() -> cells.count(HistogramLayout.index(NANOS), NANOS));
    writer.start();
    ToolSnapshot beside = registry.snapshot().tools().get(0);
    writer.join();
    ToolSnapshot after = registry.snapshot().tools().get(0);

    assertThat(beside.latency().sumNanos()).isEqualTo(beside.callCount() * NANOS);
    assertThat(after.callCount()).isEqualTo(1);
    assertThat(after.latency().sumNanos()).isEqualTo(NANOS);
  }
}
