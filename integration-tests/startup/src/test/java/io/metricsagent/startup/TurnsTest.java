package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {
  /** The median of the factors is not the factor of the medians. */
  @Test
  void eachTurnIsComparedWithTheOtherVariantsTurnBesideIt() {
    Turns<Double> none = of(100, 200, 400);
    Turns<Double> agent = of(90, 160, 400);

    assertThat(agent.figures(turn -> turn).median()).isEqualTo(160);
    assertThat(agent.factors(turn -> turn, none).median()).isEqualTo(0.9);
  }

  private static Turns<Double> of(double... values) {
    Turns<Double> turns = new Turns<>();
    for (double value : values) {
      turns.add(value);
    }
    return turns;
  }
}
