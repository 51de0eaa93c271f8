package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseTimesTest {
  private final PhaseTimes phases = new PhaseTimes();

  @Test
  void phasesOfOneKindAddUp() {
    phases.begin(1 << PhaseTimes.CALL);
    phases.began(PhaseTimes.CALL, 100);
    assertThat(phases.ended(PhaseTimes.CALL, 130)).isEqualTo(100);
    phases.began(PhaseTimes.CALL, 200);
    phases.ended(PhaseTimes.CALL, 205);
    phases.add(PhaseTimes.CALL, 7);

    assertThat(phases.nanos(PhaseTimes.CALL)).isEqualTo(42);
    assertThat(phases.nanos(PhaseTimes.RENDER)).isEqualTo(PhaseTimes.UNKNOWN);
    assertThat(phases.sum()).isEqualTo(42);
    assertThat(phases.areShown(PhaseTimes.CALL)).isTrue();
    assertThat(phases.areShown(PhaseTimes.RENDER)).isFalse();
  }

  @Test
  void aPhaseWithinAnotherOfItsKindCountsOnce() {
    phases.begin(0);
    phases.began(PhaseTimes.TOOLS, 10);
    phases.began(PhaseTimes.TOOLS, 20);
    assertThat(phases.ended(PhaseTimes.TOOLS, 30)).isZero();
    assertThat(phases.ended(PhaseTimes.TOOLS, 50)).isEqualTo(10);

    assertThat(phases.nanos(PhaseTimes.TOOLS)).isEqualTo(40);
  }

  @Test
  void theNextRequestBeginsAnew() {
    phases.begin(0);
    phases.began(PhaseTimes.PARSE, 10); // its end was lost
    phases.begin(0);
    assertThat(phases.ended(PhaseTimes.PARSE, 50)).isZero();
    assertThat(phases.nanos(PhaseTimes.PARSE)).isEqualTo(PhaseTimes.UNKNOWN);
  }

  @Test
  void timeThatIsLeftOutIsNotPartOfAPhase() {
    phases.begin(0);
    phases.began(PhaseTimes.RENDER, 10);
    phases.leaveOut(15);
    phases.ended(PhaseTimes.RENDER, 30);

    assertThat(phases.nanos(PhaseTimes.RENDER)).isEqualTo(5);
  }
}
