package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.startup.WarmUpRun.Turn;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of a warm-up. Each turn takes 1,000 ms of CPU time unless a test says more. */
class WarmUpRunTest {
  private static final CompilerWork NOTHING = new CompilerWork(0, 0, 0, 0);

  private static WarmUpRun run(double... answers) {
    return new WarmUpRun(
        300, Arrays.stream(answers).mapToObj(n -> new Turn(n, 1000)).toList(), NOTHING);
  }

  @Test
  void aTurnIsParsedFromWhatTheApplicationPrints() {
    assertThat(Turn.of("load 812.5 1170 9001", 2, 1980)).isEqualTo(new Turn(1625, 1980));
  }

  @Test
  void theLastThirdOfTheTurnsIsTheSteadyRate() {
    assertThat(run(10, 20, 30, 40, 100, 200).steadyRate()).isEqualTo(150);
    assertThat(run(7).steadyRate()).isEqualTo(7);
  }

  @Test
  void twoTurnsInARowEndTheWarmUp() {
    WarmUpRun run = run(10, 120, 30, 95, 96, 100, 100, 100, 100);

    assertThat(run.turnsUntilWarm()).isEqualTo(3);
    assertThat(run.answersUntilWarm()).isEqualTo(160);
    assertThat(run.cpuMillisUntilWarm()).isEqualTo(3300);
  }

  @Test
  void theTimeOfAFixedNumberOfAnswersIncludesTheStartAndPartOfATurn() {
    assertThat(run(10, 20, 40).cpuMillisFor(20)).isEqualTo(1800);
    assertThat(run(10, 20, 40).cpuMillisFor(70)).isEqualTo(3300);
    assertThat(run(10, 20, 40).cpuMillisFor(71)).isEqualTo(-1);
  }

  @Test
  void aRunThatGetsFasterUntilItsEndIsNeverWarm() {
    WarmUpRun run = run(1, 10, 100);

    assertThat(run.turnsUntilWarm()).isEqualTo(3);
    assertThat(run.cpuMillisUntilWarm()).isEqualTo(run.cpuMillis());
  }

  /** Other processes take part of the elapsed time of a turn, but not of its CPU time. */
  @Test
  void aTurnThatWaitedForTheProcessorIsNotSlow() {
    WarmUpRun run =
        new WarmUpRun(
            0, List.of(new Turn(100, 1000), new Turn(50, 500), new Turn(100, 1000)), NOTHING);

    assertThat(run.turnsUntilWarm()).isZero();
    assertThat(run.answers()).isEqualTo(250);
    assertThat(run.cpuMillis()).isEqualTo(2500);
  }
}
