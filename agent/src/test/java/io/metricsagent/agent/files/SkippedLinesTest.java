package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SkippedLinesTest {
  @Test
  void namesTheFirstOnesAndCountsAll() {
    SkippedLines lines = SkippedLines.NONE;
    for (long i = 1; i <= 9; i++) {
      lines = lines.with(10 * i);
    }
    assertThat(lines).isEqualTo(new SkippedLines(9, List.of(10L, 20L, 30L, 40L, 50L)));
  }

  @Test
  void theNextPartIsNumberedOn() {
    SkippedLines next = new SkippedLines(7, List.of(1L, 2L, 3L, 4L, 5L));
    assertThat(new SkippedLines(2, List.of(8L, 9L)).then(next, 100))
        .isEqualTo(new SkippedLines(9, List.of(8L, 9L, 101L, 102L, 103L)));
  }
}
