package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CardinalityLimitTest {
  private final AtomicInteger warnings = new AtomicInteger();
  private final Registry registry = Registries.limited(10, warnings::incrementAndGet);

  @Test
  void fifteenToolsAreTenSeriesAndASharedOne() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 15; i++) {
        registry.tool("tool-" + i).recordSuccess(1_000_000);
      }
    }

    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.tools())
        .extracting(ToolSnapshot::toolName)
        .containsExactlyInAnyOrder(
            "_other", "tool-0", "tool-1", "tool-2", "tool-3", "tool-4", "tool-5", "tool-6",
            "tool-7", "tool-8", "tool-9");
    assertThat(calls(snapshot, "_other")).isEqualTo(15);
    assertThat(calls(snapshot, "tool-9")).isEqualTo(3);
    assertThat(snapshot.tools().stream().mapToLong(ToolSnapshot::callCount).sum()).isEqualTo(45);
    assertThat(snapshot.agent().seriesDropped()).isEqualTo(5);
    assertThat(warnings).hasValue(1);
  }

  @Test
  void noSharedSeriesAppearsUpToTheLimit() {
    for (int i = 0; i < 10; i++) {
      registry.tool("tool-" + i).recordSuccess(1);
      registry.tool("tool-" + i).recordSuccess(1);
    }

    assertThat(registry.snapshot().tools()).hasSize(10);
    assertThat(registry.snapshot().agent().seriesDropped()).isZero();
    assertThat(warnings).hasValue(0);
  }

  @Test
  void eachKindHasItsOwnLimitAndItsOwnDroppedSeries() {
    for (int i = 0; i < 15; i++) {
      registry.tool("name-" + i).recordSuccess(1);
      registry.mailbox("name-" + i, null).recordReceivedBatch(1);
      registry.adapter("name-" + i, null, null).record(0, 1, 0, 0, -1, 1, -1, -1, -1, null);
    }

    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.tools()).hasSize(11);
    assertThat(snapshot.mailboxes()).hasSize(11);
    assertThat(snapshot.adapters()).hasSize(11);
    assertThat(snapshot.agent().seriesDropped()).isEqualTo(15);
    assertThat(warnings).hasValue(1);
    assertThat(snapshot.mailboxes().stream().mapToLong(MailboxSnapshot::received).sum())
        .isEqualTo(15);
    assertThat(snapshot.adapters().stream().mapToLong(AdapterSnapshot::requestCount).sum())
        .isEqualTo(15);
  }

  @Test
  void eachSideOfTheProtocolHasItsOwnSharedSeries() {
    for (int i = 0; i < 15; i++) {
      registry.mcpClient("tools/call", "tool-" + i).record(1, null);
      registry.mcpServer("tools/call", "tool-" + i).record(1, null);
    }

    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.mcp()).hasSize(22);
    assertThat(snapshot.mcp())
        .filteredOn(series -> series.method().equals("_other"))
        .extracting(McpSnapshot::side, McpSnapshot::requestCount)
        .containsExactly(tuple("client", 5L), tuple("server", 5L));
    assertThat(snapshot.agent().seriesDropped()).isEqualTo(10);
    assertThat(warnings).hasValue(1);
  }

  @Test
  void droppedSeriesThatDifferInOnePartOnlyAreToldApart() {
    for (int i = 0; i < 10; i++) {
      registry.adapter("adapter", "model-" + i, "chat");
    }
    registry.adapter("a", null, "chat", "x");
    registry.adapter("a", "", "chat", "x");
    registry.adapter("ab", "c", "chat", "x");
    registry.adapter("a", "bc", "chat", "x");
    registry.adapter("Aa", "m", "chat", "x"); // "Aa" and "BB" have the same hashCode
    registry.adapter("BB", "m", "chat", "x");
    registry.adapter("a", null, "chat", "x");

    assertThat(registry.snapshot().agent().seriesDropped()).isEqualTo(6);
  }

  @Test
  void anApplicationsOwnSeriesOfThatNameIsTheSharedOne() {
    registry.tool("_other").recordSuccess(1);
    for (int i = 0; i < 15; i++) {
      registry.tool("tool-" + i).recordSuccess(1);
    }
    registry.tool("_other").recordSuccess(1);

    MetricsSnapshot cleared = registry.snapshotAndReset();
    assertThat(cleared.tools()).hasSize(10);
    assertThat(calls(cleared, "_other")).isEqualTo(8);
    assertThat(cleared.agent().seriesDropped()).isEqualTo(6);
    registry.tool("_other").recordSuccess(1);
    assertThat(registry.snapshot().tools()).hasSize(1);
  }

  @Test
  void askingForTheSharedSeriesByNameDropsNothing() {
    for (int i = 0; i < 11; i++) {
      registry.tool("tool-" + i).recordSuccess(1);
    }
    registry.tool("_other").recordSuccess(1);

    assertThat(registry.snapshot().agent().seriesDropped()).isEqualTo(1);
    assertThat(calls(registry.snapshot(), "_other")).isEqualTo(2);
  }

  @Test
  void theCallbackMayUseTheRegistry() {
    AtomicReference<Registry> self = new AtomicReference<>();
    Registry noted =
        Registries.limited(1, () -> self.get().tool("of-the-callback").recordSuccess(1));
    self.set(noted);
    noted.tool("a").recordSuccess(1);
    noted.tool("b").recordSuccess(1);

    assertThat(calls(noted.snapshot(), "_other")).isEqualTo(2);
  }

  @Test
  void tensOfThousandsOfDroppedSeriesAreCountedUpTo4096() {
    for (int i = 0; i < 20_000; i++) {
      registry.tool("tool-" + i).recordSuccess(1);
    }

    assertThat(registry.snapshot().agent().seriesDropped()).isEqualTo(4096);
    assertThat(calls(registry.snapshot(), "_other")).isEqualTo(19_990);
  }

  @Test
  void totalsAreExactWhenThreadsReachTheLimitTogether() throws Exception {
    int threads = 8;
    for (int round = 0; round < 50; round++) {
      AtomicInteger warned = new AtomicInteger();
      Registry contended = Registries.limited(10, warned::incrementAndGet);
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          writers.add(
              () -> {
                for (int i = 0; i < 200; i++) {
                  contended.tool("tool-" + (i % 40)).recordSuccess(1);
                  contended.mailbox("queue-" + (i % 40), "kafka").recordReceivedBatch(1);
                }
                return null;
              });
        }
        for (Future<Void> done : pool.invokeAll(writers)) {
          done.get();
        }
      } finally {
        pool.shutdownNow();
      }
      MetricsSnapshot snapshot = contended.snapshot();
      assertThat(snapshot.tools()).hasSize(11);
      assertThat(snapshot.mailboxes()).hasSize(11);
      assertThat(snapshot.tools().stream().mapToLong(ToolSnapshot::callCount).sum())
          .isEqualTo(threads * 200L);
      assertThat(calls(snapshot, "_other")).isEqualTo(threads * 5L * 30);
      assertThat(snapshot.agent().seriesDropped()).isEqualTo(60);
      assertThat(warned).hasValue(1);
    }
  }

  @Test
  void aThousandSeriesAreAllFoundAgain() {
    Registry wide = Registries.empty();
    List<ToolMetrics> made = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      made.add(wide.tool("tool-" + i));
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(wide.tool(new String("tool-" + i))).isSameAs(made.get(i));
    }
    assertThat(wide.snapshot().agent().seriesDropped()).isZero();
  }

  private static long calls(MetricsSnapshot snapshot, String tool) {
    return snapshot.tools().stream()
        .filter(series -> series.toolName().equals(tool))
        .mapToLong(ToolSnapshot::callCount)
        .sum();
  }
}
