package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.ToolMeasures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsSnapshotTest {
  private static final Instant HALF_PAST = Instant.parse("2024-01-15T10:30:00Z");
  private static final AgentSnapshot AGENT = new AgentSnapshot("1.2.3", List.of(), 0);

  @Test
  void seriesOfOneKeyAddUpAndOthersStandBesideThem() {
    MetricsSnapshot sum =
        at(0, List.of(tool("a", 1, 2), tool("b", 3, 0)), List.of())
            .plus(at(60, List.of(tool("b", 1, 1), tool("c", 5, 0)), List.of()));

    assertThat(sum.tools()).extracting(ToolSnapshot::toolName).containsExactly("a", "b", "c");
    assertThat(sum.tools()).extracting(ToolSnapshot::callCount).containsExactly(3L, 5L, 5L);
    assertThat(sum.tools().get(1).errorCodes()).containsExactly(entry("denied", 1L));
  }

  @Test
  void aSumSpansTheTimeOfBoth() {
    MetricsSnapshot early = at(0, List.of(), List.of());
    MetricsSnapshot late = at(60, List.of(), List.of());

    for (MetricsSnapshot sum : List.of(early.plus(late), late.plus(early))) {
      assertThat(sum.startedAt()).isEqualTo(early.startedAt());
      assertThat(sum.capturedAt()).isEqualTo(late.capturedAt());
    }
  }

  @Test
  void aDifferenceLeavesOutSeriesThatRecordedNothing() {
    MetricsSnapshot earlier = at(0, List.of(tool("a", 1, 2), tool("b", 3, 0)), List.of());
    MetricsSnapshot later =
        at(60, List.of(tool("a", 1, 2), tool("b", 4, 1), tool("c", 1, 0)), List.of());

    MetricsSnapshot between = later.minus(earlier);
    assertThat(between.tools()).extracting(ToolSnapshot::toolName).containsExactly("b", "c");
    assertThat(between.tools()).extracting(ToolSnapshot::callCount).containsExactly(2L, 1L);
    assertThat(between.startedAt()).isEqualTo(earlier.capturedAt());
    assertThat(between.capturedAt()).isEqualTo(later.capturedAt());
  }

  @Test
  void aDifferenceWithALaterSnapshotIsRefused() {
    MetricsSnapshot earlier = at(0, List.of(tool("a", 1, 2)), List.of());
    MetricsSnapshot later = at(60, List.of(tool("a", 1, 3)), List.of());

    assertThatThrownBy(() -> earlier.minus(later)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofTwoViewsOfOneQueueTheLargerDepthAndAgeAreKept() {
    MetricsSnapshot a = at(0, List.of(), List.of(mailbox(10, 7L, null)));
    MetricsSnapshot b = at(0, List.of(), List.of(mailbox(5, 9L, 1200L)));

    for (MetricsSnapshot sum : List.of(a.plus(b), b.plus(a))) {
      MailboxSnapshot queue = sum.mailboxes().get(0);
      assertThat(queue.acked()).isEqualTo(15);
      assertThat(queue.depth()).isEqualTo(9);
      assertThat(queue.oldestAgeMillis()).isEqualTo(1200);
    }
  }

  @Test
  void aMailboxWithAKnownDepthIsNotIdle() {
    MetricsSnapshot earlier = at(0, List.of(), List.of(mailbox(10, null, null)));

    assertThat(at(60, List.of(), List.of(mailbox(10, 0L, null))).minus(earlier).mailboxes())
        .hasSize(1);
    assertThat(at(60, List.of(), List.of(mailbox(10, null, null))).minus(earlier).mailboxes())
        .isEmpty();
  }

  @Test
  void listsAndMapsAreCopiesThatNobodyChanges() {
    List<SeriesSnapshot> tools = new ArrayList<>(List.of(tool("a", 1, 1)));
    MetricsSnapshot snapshot = at(0, tools, List.of());
    tools.clear();

    assertThat(snapshot.tools()).hasSize(1);
    assertThatThrownBy(() -> snapshot.tools().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> snapshot.tools().get(0).failed().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static MetricsSnapshot at(
      int second, List<SeriesSnapshot> tools, List<SeriesSnapshot> mailboxes) {
    Instant captured = HALF_PAST.plusSeconds(second);
    List<SeriesSnapshot> series = new ArrayList<>(tools);
    series.addAll(mailboxes);
    return new MetricsSnapshot(
        captured.minusSeconds(60), captured, "worker-1", "shop", series, AGENT);
  }

  private static SeriesSnapshot tool(String name, int succeeded, int failed) {
    return SeriesSnapshot.of(ToolMeasures.KIND, name, null)
        .outcomes(
            ToolMeasures.LATENCY,
            new Outcomes(
                calls(succeeded), HistogramSnapshot.EMPTY, Map.of("denied", calls(failed)), null))
        .build();
  }

  private static HistogramSnapshot calls(int count) {
    long nanos = 5_000_000;
    long[] counts = new long[HistogramLayout.BUCKETS];
    counts[HistogramLayout.index(nanos)] = count;
    return HistogramSnapshot.of(counts, count * nanos, nanos, nanos);
  }

  private static SeriesSnapshot mailbox(long acked, Long depth, Long oldestAge) {
    return SeriesSnapshot.of(MailboxMeasures.KIND, "requests", "kafka")
        .number(MailboxMeasures.ACKED, acked)
        .number(MailboxMeasures.DEPTH, depth == null ? SeriesSnapshot.UNKNOWN : depth)
        .number(MailboxMeasures.OLDEST_AGE, oldestAge == null ? SeriesSnapshot.UNKNOWN : oldestAge)
        .build();
  }
}
