package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunIdTest {
  private static List<Long> hash(String text) {
    RunId id = new RunId();
    char[] padded = ("xx" + text + "y").toCharArray();
    id.set(padded, 2, text.length());
    assertThat(id.isPresent()).isTrue();
    return List.of(id.high(), id.low());
  }

  @Test
  void idsThatDifferDifferInBothHalves() {
    Set<Long> high = new HashSet<>();
    Set<Long> low = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      List<Long> hash = hash("0199d1b2-aaaa-7bbb-8ccc-" + i);
      high.add(hash.get(0));
      low.add(hash.get(1));
    }
    assertThat(high).hasSize(100_000);
    assertThat(low)
        .hasSize(100_000)
        .doesNotContain(0L)
        .allMatch(half -> (half & RunId.FREE_BITS) == 0);
    assertThat(hash("ab")).isNotEqualTo(hash("ba")).isNotEqualTo(hash("ab\0"));
  }

  @Test
  void anEmptyTextIsNoId() {
    RunId id = new RunId();
    assertThat(id.isPresent()).isFalse();
    id.set(new char[] {'a'}, 0, 1);
    assertThat(id.isPresent()).isTrue();
    id.set(new char[] {'a'}, 0, 0);
    assertThat(id.isPresent()).isFalse();
  }
}
