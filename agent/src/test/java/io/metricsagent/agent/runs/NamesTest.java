package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names();

  private String of(String text) {
    return names.of(("--" + text).toCharArray(), 2, text.length());
  }

  @Test
  void returnsTheText() {
    for (int round = 0; round < 2; round++) {
      for (String text : new String[] {"train", "tbain", "trai", "", "t", "\uD800", "äöü"}) {
        assertThat(of(text)).isEqualTo(text);
      }
    }
  }

  @Test
  void aRepeatedNameIsMadeOnce() {
    assertThat(of("quickstart")).isSameAs(of("quickstart"));
  }
}
