package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdSetTest {
  private static RunId id(String text) {
    RunId id = new RunId();
    id.set(text.toCharArray(), 0, text.length());
    return id;
  }

  private static IdSet set(int from, int to, int bits) {
    IdSet set = new IdSet();
    for (int i = from; i < to; i++) {
      set.add(id("run-" + i), bits);
    }
    return set;
  }

  @Test
  void countsEachIdOnce() {
    IdSet set = set(0, 10_000, 0);
    for (int i = 0; i < 10_000; i++) {
      set.add(id("run-" + i), 0);
    }
    assertThat(set.size()).isEqualTo(10_000);
  }

  @Test
  void countsWhatTwoSetsHaveInCommon() {
    assertThat(set(0, 1000, 0).countCommon(set(900, 3000, 0))).isEqualTo(100);
    assertThat(set(900, 3000, 0).countCommon(set(0, 1000, 0))).isEqualTo(100);
    assertThat(set(0, 5, 0).countCommon(new IdSet())).isZero();
  }

  @Test
  void bitsOfAnIdAddUp() {
    IdSet set = set(0, 50, 1);
    set.add(id("run-7"), 2);
    assertThat(set.count(3, 3)).isEqualTo(1);
    assertThat(set.count(3, 1)).isEqualTo(49);
    assertThat(set.count(1, 1)).isEqualTo(50);
    assertThat(set.count(4, 4)).isZero();
  }

  @Test
  void aSetTakesTheIdsAndBitsOfAnother() {
    for (boolean smallFirst : new boolean[] {true, false}) {
      IdSet few = set(0, 20, 1);
      IdSet many = set(10, 5000, 2);
      IdSet all = smallFirst ? few : many;
      all.addAll(smallFirst ? many : few);
      assertThat(all.size()).isEqualTo(5000);
      assertThat(all.count(3, 3)).isEqualTo(10);
      assertThat(all.count(3, 1)).isEqualTo(10);
    }
  }

  @Test
  void tellsEachIdAsItWasAddedWithItsBits() throws IOException {
    Map<Long, Long> halves = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      halves.put(id("run-" + i).high(), id("run-" + i).low());
    }

    set(0, 100, 7)
        .forEach(
            (high, low, bits) -> {
              assertThat(halves.remove(high)).isEqualTo(low);
              assertThat(bits).isEqualTo(7);
            });

    assertThat(halves).isEmpty();
  }
}
