package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rule that fails often is switched off for a while. */
class FaultRateTest {
  private long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos(); // the clock may wrap
  private final FaultRate rate =
      new FaultRate() {
        @Override
        long nanoTime() {
          return now;
        }
      };

  private void fail(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      now += apart.toNanos();
      rate.failed();
    }
  }

  @Test
  void aRuleStaysOnIfFaultsAreRare() {
    fail(500, Duration.ofSeconds(5));
    assertThat(rate.isOff()).isFalse();
    assertThat(rate.wentOff()).isFalse();
  }

  @Test
  void aRuleIsOffAfterSixteenFaultsWithinAMinute() {
    fail(15, Duration.ofSeconds(1));
    assertThat(rate.isOff()).isFalse();
    fail(1, Duration.ofSeconds(1));
    assertThat(rate.isOff()).isTrue();
    assertThat(rate.wentOff()).isTrue();
    assertThat(rate.wentOff()).as("told once").isFalse();
  }

  @Test
  void aRuleIsOnAgainAfterAWhileAndCountsFaultsAnew() {
    fail(20, Duration.ofSeconds(1));
    assertThat(rate.isOff()).isTrue();
    now += Duration.ofMinutes(FaultRate.OFF_MINUTES).toNanos();
    assertThat(rate.isOff()).isFalse();
    rate.wentOff();
    fail(15, Duration.ofSeconds(1));
    assertThat(rate.isOff()).isFalse();
    fail(1, Duration.ofSeconds(1));
    assertThat(rate.isOff()).isTrue();
    assertThat(rate.wentOff()).isTrue();
  }
}
