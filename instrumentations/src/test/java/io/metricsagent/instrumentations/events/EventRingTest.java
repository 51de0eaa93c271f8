package io.metricsagent.instrumentations.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The queue between the application's threads and the writer. */
class EventRingTest {
  private static final int PRODUCERS = 16;
  private static final int EVENTS = 50_000;

  private static void put(EventRing ring, long operation) {
    CallEvent event = ring.claim(true);
    event.is(EventKind.TOOL_ENDED, null, operation, operation);
    ring.publish(event);
  }

  @Test
  void eventsComeInTheirOrderAndSlotsAreUsedAgain() {
    EventRing ring = new EventRing(8, 0);
    for (long i = 0; i < 100; i++) {
      put(ring, i);
      assertThat(ring.next().operation()).isEqualTo(i);
      ring.done();
    }

    assertThat(ring.next()).isNull();
    assertThat(ring.dropped()).isZero();
  }

  @Test
  void aFullQueueDropsAndCounts() {
    EventRing ring = new EventRing(8, 0);
    for (long i = 0; i < 8; i++) {
      put(ring, i);
    }

    assertThat(ring.claim(true)).isNull();
    assertThat(ring.dropped()).isEqualTo(1);
    assertThat(ring.next().operation()).isZero();
  }

  @Test
  void callsLeaveTheLastEighthToRuns() {
    EventRing ring = new EventRing(16, 0);
    int calls = 0;
    for (CallEvent event = ring.claim(false); event != null; event = ring.claim(false)) {
      ring.publish(event);
      calls++;
    }

    assertThat(calls).isEqualTo(14);
    assertThat(ring.claim(true)).isNotNull();
    assertThat(ring.claim(true)).isNotNull();
    assertThat(ring.claim(true)).isNull();
  }

  @Test
  void aSlotIsClearedBeforeItsNextUse() {
    EventRing ring = new EventRing(8, 0);
    CallEvent event = ring.claim(true);
    event.is(EventKind.TOOL_ENDED, null, 1, 1);
    event.ofTool("search").took(5).ended("x", new IllegalStateException()).with("content");
    ring.publish(event);
    ring.done();
    for (int i = 0; i < 7; i++) {
      put(ring, i);
      ring.done();
    }
    CallEvent again = ring.claim(true);

    assertThat(again).isSameAs(event);
    assertThat(again.tool()).isNull();
    assertThat(again.thrown()).isNull();
    assertThat(again.content()).isNull();
    assertThat(again.durationNanos()).isEqualTo(CallEvent.UNKNOWN);
  }

  /** The stack of a producer may be exhausted between claiming and publishing. */
  @Test
  void aSlotThatIsNeverPublishedIsGivenUpAndCounted() {
    EventRing ring = new EventRing(8, 0);
    CallEvent lost = ring.claim(true);
    put(ring, 7);

    assertThat(ring.next()).isNull();
    assertThat(ring.isStuck()).isTrue();
    ring.giveUp();
    assertThat(ring.next().operation()).isEqualTo(7);
    assertThat(ring.dropped()).isEqualTo(1);

    lost.is(EventKind.TOOL_ENDED, null, 99, 0);
    ring.publish(lost); // comes too late and reaches nobody
    ring.done();
    for (long i = 0; i < 20; i++) {
      put(ring, i);
      assertThat(ring.next().operation()).isEqualTo(i);
      ring.done();
    }
  }

  /** Each event has one number in all of its fields: if two events are mixed, they differ. */
  @Test
  void manyProducersTearNothingAndEachEventIsDeliveredOrCounted() throws InterruptedException {
    EventRing ring = new EventRing(64, 0);
    AtomicLong published = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    List<String> torn = new ArrayList<>();
    long[] delivered = {0};
    Thread consumer =
        new Thread(
            () -> {
              while (true) {
                boolean last = over.get();
                CallEvent event = ring.next();
                if (event == null) {
                  if (last) {
                    return;
                  }
                  Thread.onSpinWait();
                  continue;
                }
                long number = event.operation();
                if (event.nanos() != number
                    || event.durationNanos() != number
                    || event.inputTokens() != number
                    || event.cachedTokens() != number
                    || !String.valueOf(number).equals(event.tool())) {
                  torn.add(number + " " + event.tool());
                }
                delivered[0]++;
                ring.done();
              }
            });
    consumer.start();
    CountDownLatch ready = new CountDownLatch(PRODUCERS);
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < PRODUCERS; p++) {
      long base = (long) p * EVENTS;
      Thread producer =
          new Thread(
              () -> {
                ready.countDown();
                for (long number = base; number < base + EVENTS; number++) {
                  CallEvent event = ring.claim(number % 2 == 0);
                  if (event != null) {
                    event.is(EventKind.TOOL_ENDED, null, number, number);
                    event.ofTool(String.valueOf(number)).took(number);
                    ring.publish(event.counted(number, number, number));
                    published.incrementAndGet();
                  }
                }
              });
      producers.add(producer);
      producer.start();
    }
    for (Thread producer : producers) {
      producer.join();
    }
    over.set(true);
    consumer.join();

    assertThat(torn).isEmpty();
    assertThat(delivered[0]).isEqualTo(published.get()).isPositive();
    assertThat(delivered[0] + ring.dropped()).isEqualTo((long) PRODUCERS * EVENTS);
  }
}
