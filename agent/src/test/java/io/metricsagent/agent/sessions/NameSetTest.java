package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameSetTest {
  @Test
  void eachNameIsNewOnce() {
    NameSet set = new NameSet();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100_000; i++) {
        assertThat(set.add("runtime-" + i)).isEqualTo(round == 0);
      }
    }
    assertThat(set.add("")).isTrue();
    assertThat(set.add("")).isFalse();
  }
}
