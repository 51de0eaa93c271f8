package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The method that was meant. */
class SimilarMethodTest {
  private static final List<String> NAMES = List.of("complete", "completeAll", "stream", "ask");

  @Test
  void differsByAFewCharacters() {
    assertThat(SimilarMethod.of("complet", NAMES)).isEqualTo("complete");
    assertThat(SimilarMethod.of("completAll", NAMES)).isEqualTo("completeAll");
    assertThat(SimilarMethod.of("STREAM", NAMES)).isEqualTo("stream");
    assertThat(SimilarMethod.of("task", NAMES)).isEqualTo("ask");
  }

  @Test
  void isNoneIfNoNameIsNear() {
    assertThat(SimilarMethod.of("evaluate", NAMES)).isNull();
    assertThat(SimilarMethod.of("run", NAMES)).isNull();
  }
}
