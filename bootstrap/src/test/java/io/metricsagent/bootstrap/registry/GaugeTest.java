package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GaugeTest {
  private final Gauge gauge = new Gauge();

  @Test
  void itIsNotKnownAtFirst() {
    assertThat(gauge.value()).isNull();
  }

  @Test
  void itKeepsTheLastValueThatWasSet() {
    gauge.set(7);
    gauge.set(0);
    assertThat(gauge.value()).isZero();
  }

  @Test
  void itRisesAndFalls() {
    gauge.set(7);
    gauge.inc(3);
    gauge.dec(15);
    assertThat(gauge.value()).isEqualTo(-5);
  }

  @Test
  void itCountsFromZeroWhenItIsNotKnown() {
    gauge.dec(2);
    assertThat(gauge.value()).isEqualTo(-2);
  }

  @Test
  void itIsNotKnownAfterItWasCleared() {
    gauge.set(7);
    gauge.clear();
    assertThat(gauge.value()).isNull();
  }

  @Test
  void takingTheValueForgetsIt() {
    gauge.set(7);
    assertThat(gauge.take()).isEqualTo(7);
    assertThat(gauge.take()).isNull();
  }

  @RepeatedTest(20)
  void aValueSetBesideAResetIsInOneOfTheSnapshots() throws Exception {
    Registry registry = Registries.empty();
    MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
    int last = 20_000;
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= last; i++) {
                mailbox.recordDepth(i);
              }
            });
    writer.start();
    long seen = 0;
    while (seen < last) {
      boolean ended = !writer.isAlive();
      for (MailboxSnapshot queue : registry.snapshotAndReset().mailboxes()) {
        seen = queue.depth() == null ? seen : queue.depth();
      }
      assertThat(ended && seen < last).as("the last value was lost").isFalse();
    }
    writer.join();
  }
}
