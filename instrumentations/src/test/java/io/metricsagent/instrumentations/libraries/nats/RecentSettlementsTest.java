package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecentSettlementsTest {
  private static final String SUBJECT = "$JS.ACK.ORDERS.worker.1.1.1.1000.0";

  private final RecentSettlements settlements = new RecentSettlements();

  @Test
  void theSecondSettlementOfAMessageIsNotTheFirst() {
    Object message = new Object();
    assertThat(settlements.isFirst(message, SUBJECT)).isTrue();
    assertThat(settlements.isFirst(message, SUBJECT)).isFalse();
  }

  @Test
  void anotherMessageWithTheSameSubjectIsSettledForTheFirstTime() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(settlements.isFirst(new Object(), SUBJECT)).isTrue();
    }
  }

  /** Two messages may have the same identity hash code. */
  @Test
  void anotherSubjectIsSettledForTheFirstTime() {
    Object message = new Object();
    settlements.isFirst(message, SUBJECT);

    assertThat(settlements.isFirst(message, SUBJECT + "1")).isTrue();
  }

  @Test
  void oneOfManyThreadsIsTheFirst() throws Exception {
    int messages = 10_000;
    int threads = 2;
    CyclicBarrier next = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Object[] all = new Object[messages];
    for (int i = 0; i < messages; i++) {
      all[i] = new Object();
    }
    Callable<Integer> settling =
        () -> {
          int first = 0;
          for (Object message : all) {
            next.await();
            first += settlements.isFirst(message, SUBJECT) ? 1 : 0;
          }
          return first;
        };
    int first = 0;
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      tasks.add(settling);
    }
    for (Future<Integer> task : pool.invokeAll(tasks)) {
      first += task.get();
    }
    pool.shutdown();

    assertThat(first).isEqualTo(messages);
  }
}
