package io.metricsagent.instrumentations.libraries.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A round of Anthropic's tool runner. */
class RunnerRoundTest {
  /** The shape of the library's parameters. */
  public record Params(String model) {}

  /** The shape of the library's runner. */
  public record Runner(Params params) {}

  private final RunnerRound round = new RunnerRound();

  @Test
  void theModelIsThatOfTheRunnersParameters() {
    assertThat(round.model(new Runner(new Params("claude")), "message")).isEqualTo("claude");
  }

  @Test
  void theAnswerIsNotShown() {
    assertThat(round.answer("a", "b", "c")).isNull();
  }

  @Test
  void aRunnerOfAnotherShapeHasNoModel() {
    assertThat(round.model("another", "message")).isNull();
  }
}
