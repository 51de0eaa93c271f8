package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdTableTest {
  private final IdTable table = new IdTable();

  private static long id(Object id) {
    return IdTable.hash(id, false);
  }

  @Test
  void anIdIsSettledOnceUntilItIsReceivedAgain() {
    table.received(id("a"), 1);
    assertThat(table.settle(id("a"))).isTrue();
    assertThat(table.settle(id("a"))).isFalse();

    table.received(id("a"), 2);
    table.received(id("a"), 2);
    assertThat(table.settle(id("a"))).isTrue();
    assertThat(table.settle(id("a"))).isFalse();
  }

  @Test
  void anIdThatWasNeverReceivedCountsOnce() {
    assertThat(table.settle(id("elsewhere"))).isTrue();
    assertThat(table.settle(id("elsewhere"))).isFalse();
  }

  @Test
  void aForgottenIdIsOneThatWasNeverReceived() {
    table.received(id("a"), 1);
    assertThat(table.settle(id("a"))).isTrue();
    table.clear();

    assertThat(table.settle(id("a"))).isTrue();
    assertThat(table.settle(id("a"))).isFalse();
  }

  @Test
  void theTableGrowsWithItsMessages() {
    for (int i = 0; i < 5_000; i++) {
      table.received(id("message " + i), 1);
    }
    for (int i = 0; i < 5_000; i++) {
      assertThat(table.settle(id("message " + i))).as("message %d", i).isTrue();
      assertThat(table.settle(id("message " + i))).as("message %d again", i).isFalse();
    }
  }

  @Test
  void aFullTableCountsEachMessage() {
    int many = 4 * IdTable.MAX_SLOTS;
    int settled = 0;
    for (int i = 0; i < many; i++) {
      table.received(id(i), 1);
    }
    for (int i = 0; i < many; i++) {
      settled += table.settle(id(i)) ? 1 : 0;
    }
    assertThat(settled).isEqualTo(many);
  }

  @Test
  void settledIdsGiveTheirPlacesToOthers() {
    for (int i = 0; i < 4 * IdTable.MAX_SLOTS; i++) {
      table.received(id(i), 1);
      assertThat(table.settle(id(i))).isTrue();
      assertThat(table.settle(id(i))).isFalse();
    }
  }

  @Test
  void idsAreEqualByValueAndMessagesByIdentity() {
    assertThat(id(new String("abc"))).isEqualTo(id("abc"));
    assertThat(id(7L)).isEqualTo(id(7));
    assertThat(id(new UUID(1, 2))).isEqualTo(id(new UUID(1, 2)));
    assertThat(id(new UUID(1, 2))).isNotEqualTo(id(new UUID(2, 1)));
    assertThat(id(java.util.List.of("a"))).isEqualTo(id(java.util.List.of("a")));
    Object message = java.util.List.of("a");
    assertThat(IdTable.hash(message, true)).isEqualTo(IdTable.hash(message, true));
    assertThat(IdTable.hash(message, true))
        .isNotEqualTo(IdTable.hash(java.util.List.of(new Object()), true));
  }

  @Test
  void ofManyThreadsOneSettlesAMessage() throws Exception {
    int messages = 8_000;
    for (int i = 0; i < messages / 2; i++) {
      table.received(id(i), 1);
    }
    AtomicInteger settled = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < messages / 2; i++) {
                  settled.addAndGet(table.settle(id(i)) ? 1 : 0);
                }
              });
      threads[t].start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(settled).hasValue(messages / 2);
  }
}
