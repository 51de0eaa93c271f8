package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The guarantees of {@link UnsettledTable}. */
class UnsettledTableTest {
  private static final int THREADS = 4;
  private static final int MESSAGES = 50_000;

  private final UnsettledTable table = new UnsettledTable();

  @Test
  void aMessageIsTakenOutOnce() {
    table.delivered(1, 2, -1, 5);
    table.delivered(1, 2, -1, 5);

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.settle(1, 2, -1)).isEqualTo(1);
    assertThat(table.settle(1, 2, -1)).isZero();
  }

  @Test
  void theOrderIsThatOfLedgersThenEntriesThenIndexes() {
    table.delivered(1, 9, -1, 5);
    table.delivered(2, 3, 0, 5);
    table.delivered(2, 3, 1, 5);
    table.delivered(2, 4, -1, 5);
    table.delivered(3, 0, -1, 5);

    assertThat(table.settleUpTo(2, 3, 0)).isEqualTo(2);
    assertThat(table.settleUpTo(2, 3, -1)).isEqualTo(1);
    assertThat(table.settleUpTo(2, 99, 99)).isEqualTo(1);
    assertThat(table.settleAll()).isEqualTo(1);
  }

  @Test
  void anEntryIsTakenOutWithAllItsMessages() {
    for (int index = 0; index < 100; index++) {
      table.delivered(1, 1, index, 5);
      table.delivered(1, 2, index, 5);
    }

    assertThat(table.settle(1, 1, -1)).isEqualTo(100);
    assertThat(table.size()).isEqualTo(100);
  }

  @Test
  void moreMessagesThanTheBoundAreNotFollowed() {
    int more = 2 * UnsettledTable.MAX_CHUNKS * UnsettledChunk.PLACES;
    for (int entry = 0; entry < more; entry++) {
      table.delivered(1, entry, -1, 5);
    }

    assertThat(table.size() + table.unfollowed()).isEqualTo(more);
    assertThat(table.size()).isLessThanOrEqualTo(more / 2);
    assertThat(table.settleAll()).isEqualTo(more - table.unfollowed());
  }

  /**
   * One thread moves messages, and has taken one out of its old place. Another one looks in the new
   * place, and meanwhile the first one is done.
   */
  @Test
  void aMessageIsFoundThatAnotherThreadMovesMeanwhile() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch missed = new CountDownLatch(1);
    CountDownLatch moved = new CountDownLatch(1);
    UnsettledTable moving =
        new UnsettledTable() {
          @Override
          UnsettledChunk newChunk() {
            return new UnsettledChunk() {
              @Override
              boolean put(long number, long ledger, long entry, int index, long sent) {
                taken.countDown();
                await(missed);
                return super.put(number, ledger, entry, index, sent);
              }

              @Override
              boolean remove(long number) {
                boolean found = super.remove(number);
                missed.countDown();
                await(moved);
                return found;
              }
            };
          }
        };
    for (int index = 0; index < UnsettledChunk.PLACES; index++) {
      moving.delivered(1, 1, index, 5);
    }
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> growth =
          other.submit(
              () -> {
                moving.delivered(1, 1, UnsettledChunk.PLACES, 5);
                moved.countDown();
              });
      await(taken);

      int settled = 0;
      for (int index = 0; index < UnsettledChunk.PLACES; index++) {
        settled += moving.settle(1, 1, index);
      }

      growth.get();
      assertThat(settled).isEqualTo(UnsettledChunk.PLACES);
    } finally {
      other.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each thread delivers its own messages and settles those of all threads, while it grows. */
  @Test
  void threadsThatSettleTheSameMessagesTakeEachOutOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> deliveries = new ArrayList<>();
      List<Callable<Integer>> settlements = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int ledger = thread;
        deliveries.add(() -> deliver(ledger));
        settlements.add(this::settle);
      }
      int settled = sum(threads.invokeAll(deliveries)) + sum(threads.invokeAll(settlements));

      assertThat(settled + table.unfollowed()).isEqualTo(THREADS * MESSAGES);
      assertThat(table.size()).isZero();
      assertThat(table.unfollowed()).isZero();
    } finally {
      threads.shutdown();
    }
  }

  /** Settles every second message as soon as it is delivered. */
  private int deliver(int ledger) {
    int settled = 0;
    for (int entry = 0; entry < MESSAGES; entry++) {
      table.delivered(ledger, entry, -1, 5);
      settled += entry % 2 == 0 ? table.settle(ledger, entry, -1) : 0;
    }
    return settled;
  }

  private int settle() {
    int settled = 0;
    for (int entry = 0; entry < MESSAGES; entry++) {
      for (int ledger = 0; ledger < THREADS; ledger++) {
        settled += table.settle(ledger, entry, -1);
      }
    }
    return settled;
  }

  private static int sum(List<Future<Integer>> counts) throws Exception {
    int sum = 0;
    for (Future<Integer> count : counts) {
      sum += count.get();
    }
    return sum;
  }
}
