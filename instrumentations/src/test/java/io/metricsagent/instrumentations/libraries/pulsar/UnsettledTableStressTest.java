package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Threads that use the same {@link UnsettledTable} while it grows, again and again from its start.
 */
class UnsettledTableStressTest {
  private static final int ROUNDS = 2_000;
  private static final int HELD = 24;
  private static final int MORE = 200;
  private static final long MOVED = 1;
  private static final long OTHER = 2;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Runs all at the same time; returns the sum of what they return. */
  private int together(List<Callable<Integer>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    List<Future<Integer>> results = new ArrayList<>();
    for (Callable<Integer> task : tasks) {
      results.add(
          threads.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    int sum = 0;
    for (Future<Integer> result : results) {
      sum += result.get();
    }
    return sum;
  }

  private static int deliver(UnsettledTable table, long ledger, int from, int to) {
    for (int entry = from; entry < to; entry++) {
      table.delivered(ledger, entry, 0, 5);
    }
    return 0;
  }

  private static int settle(UnsettledTable table, long ledger, int to) {
    int settled = 0;
    for (int entry = 0; entry < to; entry++) {
      settled += table.settle(ledger, entry, 0);
    }
    return settled;
  }

  @Test
  void aMessageIsFoundThatAnotherThreadMoves() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UnsettledTable table = new UnsettledTable();
      deliver(table, MOVED, 0, HELD);

      int settled =
          together(
              List.of(
                  () -> deliver(table, OTHER, 0, MORE), // makes the table grow
                  () -> settle(table, MOVED, HELD)));

      assertThat(settled).as("round " + round).isEqualTo(HELD);
      assertThat(table.size()).as("round " + round).isEqualTo(MORE);
    }
  }

  @Test
  void threadsThatSettleSinglyByEntryAndCumulativelyTakeEachMessageOutOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UnsettledTable table = new UnsettledTable();
      deliver(table, MOVED, 0, HELD);

      int settled =
          together(
              List.of(
                  () -> deliver(table, OTHER, 0, MORE),
                  () -> settle(table, MOVED, HELD),
                  () -> table.settleUpTo(MOVED, HELD / 2, -1),
                  () -> table.settleEntry(MOVED, HELD - 1) + table.settle(MOVED, HELD - 2, -1)));

      assertThat(settled).as("round " + round).isEqualTo(HELD);
      assertThat(table.size()).as("round " + round).isEqualTo(MORE);
    }
  }

  /** Writers fill the parts of a larger table while messages are moved into it. */
  @Test
  void noMessageIsLostWhileThereIsRoom() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UnsettledTable table = new UnsettledTable();
      together(
          List.of(
              () -> deliver(table, 1, 0, MORE),
              () -> deliver(table, 2, 0, MORE),
              () -> deliver(table, 3, 0, MORE)));

      assertThat(table.unfollowed()).as("round " + round).isZero();
      assertThat(table.size()).as("round " + round).isEqualTo(3 * MORE);
      assertThat(table.settleAll()).as("round " + round).isEqualTo(3 * MORE);
    }
  }
}
