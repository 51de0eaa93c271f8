package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.ExternalSort;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdsTest {
  private static final long ALL = 1 << 20;

  private static RunId id(String text) {
    RunId id = new RunId();
    id.set(text.toCharArray(), 0, text.length());
    return id;
  }

  /** Two parts of a file, with runs that have events in both, and in several weeks. */
  private static RunIds.Counts counts(long firstLimit, long secondLimit) throws IOException {
    Random random = new Random(1);
    try (SpilledIds spilled = new SpilledIds(new ExternalSort(2000))) {
      RunIds first = new RunIds(spilled, firstLimit);
      RunIds second = new RunIds(spilled, secondLimit);
      for (int i = 0; i < 3000; i++) {
        RunIds part = i % 2 == 0 ? first : second;
        RunId id = id("run-" + random.nextInt(1000));
        part.addToWeek(random.nextInt(7) * 4, id); // some share a slot
        int[] bits = {
          RunIds.SUCCEEDED, RunIds.ENDED, RunIds.SUCCEEDED | RunIds.ENDED | RunIds.ENDED_WELL, 0
        };
        part.addToWindow(id, bits[random.nextInt(bits.length)]);
      }
      first.addAll(second);
      return first.count();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2000, 30_000})
  void theMemoryChangesNoCount(long limit) throws IOException {
    RunIds.Counts expected = counts(ALL, ALL);

    assertThat(expected.successful()).isBetween(100L, 900L);
    assertThat(expected.retention()).hasSize(6).allMatch(pair -> pair.retained() > 0);
    assertThat(counts(limit, limit)).isEqualTo(expected);
    assertThat(counts(ALL, limit)).isEqualTo(expected);
    assertThat(counts(limit, ALL)).isEqualTo(expected);
  }

  /** Sets of 60 MB fill up once. Of the many ids behind them, few are in memory at a time. */
  @Test
  void fewIdsAreInMemoryOnceTheRestIsInFiles() throws IOException {
    try (SpilledIds spilled = new SpilledIds()) {
      RunIds ids = new RunIds(spilled, 60 << 20);
      RunId id = new RunId();
      long before = 0;
      long most = 0;
      for (int i = 0; i < 3_000_000; i++) {
        char[] text = {(char) i, (char) (i >> Character.SIZE)};
        id.set(text, 0, text.length);
        ids.addToWeek(i % 10, id);
        if (spilled.isEmpty()) {
          before = Math.max(before, ids.bytes());
        } else {
          most = Math.max(most, ids.bytes());
        }
      }
      assertThat(before).isGreaterThan(20 << 20);
      assertThat(most).isBetween(1L << 20, 4L << 20);
    }
  }

  @Test
  void noRunsHaveNoCounts() throws IOException {
    try (SpilledIds spilled = new SpilledIds()) {
      RunIds.Counts counts = new RunIds(spilled, ALL).count();
      assertThat(counts.successful()).isZero();
      assertThat(counts.retention()).isEmpty();
    }
  }
}
