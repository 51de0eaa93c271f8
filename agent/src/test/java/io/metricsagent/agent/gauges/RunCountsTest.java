package io.metricsagent.agent.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunCountsTest {
  private static final long HOUR = 3_600_000;

  private final RunCounts counts = new RunCounts();

  @Test
  void anHourCountsForSevenDays() {
    counts.add(5 * HOUR + 1);
    counts.add(6 * HOUR);
    assertThat(counts.count(6 * HOUR)).isEqualTo(2);
    assertThat(counts.count((5 + RunCounts.HOURS) * HOUR - 1)).isEqualTo(2);
    assertThat(counts.count((5 + RunCounts.HOURS) * HOUR)).isEqualTo(1);
    assertThat(counts.count((6 + RunCounts.HOURS) * HOUR)).isZero();
  }

  @Test
  void aClockThatGoesBackLosesNothing() {
    counts.add(100 * HOUR);
    counts.add(99 * HOUR);
    assertThat(counts.count(99 * HOUR)).isEqualTo(2);
    assertThat(counts.count(100 * HOUR)).isEqualTo(2);
  }

  @Test
  void manyHoursAreCountedAsOneByOne() {
    Random random = new Random(1);
    Deque<Long> hours = new ArrayDeque<>();
    long hour = 0;
    for (int i = 0; i < 5000; i++) {
      hour += random.nextInt(3);
      counts.add(hour * HOUR + random.nextInt((int) HOUR));
      hours.addLast(hour);
      while (hours.peekFirst() <= hour - RunCounts.HOURS) {
        hours.removeFirst();
      }
      assertThat(counts.count(hour * HOUR)).isEqualTo(hours.size());
    }
  }
}
