package io.metricsagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void onlyOneThingHasNoPlural() {
    assertThat(Counts.of(0, "log record")).isEqualTo("0 log records");
    assertThat(Counts.of(1, "log record")).isEqualTo("1 log record");
    assertThat(Counts.of(2, "log record")).isEqualTo("2 log records");
  }
}
