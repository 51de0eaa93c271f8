package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

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
}
