package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeTest {
  private static final int THREADS = 64;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 32})
  void slotsAreWithinTheLength(int length) throws InterruptedException {
    for (int slot : slots(length)) {
      assertThat(slot).isBetween(0, length - 1);
    }
  }

  /** Threads of one pool have neighbouring ids: two that compete must not share a slot. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 32})
  void threadsStartedOneAfterTheOtherGetDifferentSlots(int length) throws InterruptedException {
    int[] slots = slots(length);

    for (int i = 1; i < THREADS; i++) {
      assertThat(slots[i]).as("thread %d", i).isNotEqualTo(slots[i - 1]);
    }
  }

  private static int[] slots(int length) throws InterruptedException {
    int[] slots = new int[THREADS];
    AtomicInteger next = new AtomicInteger();
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      threads[i] = new Thread(() -> slots[next.getAndIncrement()] = Stripe.slot(length));
    }
    for (Thread thread : threads) {
      thread.start();
      thread.join();
    }
    return slots;
  }
}
