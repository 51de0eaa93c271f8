package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterTest {
  private final Counter counter = new Counter();

  @Test
  void itStartsAtZeroAndAddsUp() {
    assertThat(counter.value()).isZero();
    counter.inc();
    counter.inc(41);
    counter.inc(0);
    assertThat(counter.value()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void itRefusesToGoBack(long delta) {
    assertThatThrownBy(() -> counter.inc(delta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(delta));
    assertThat(counter.value()).isZero();
  }

  @Test
  void itStaysAtTheHighestLong() {
    counter.inc(Long.MAX_VALUE);
    assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);
    counter.inc();
    counter.inc(Long.MAX_VALUE);
    assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itStaysAtTheHighestLongOverStripesToo() {
    counter.inc(5);
    Inside.spread(counter);
    for (int i = 0; i < 5; i++) {
      counter.inc(Long.MAX_VALUE);
      assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void itGoesOnWhereItWasWhenItSpreads() {
    counter.inc(5);
    Inside.spread(counter);
    counter.inc(7);
    assertThat(counter.value()).isEqualTo(12);
  }
}
