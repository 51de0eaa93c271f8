package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of first answers. */
class FirstAnswersTest {
  private static Turns<Sample> starts(double... answerMillis) {
    Turns<Sample> starts = new Turns<>();
    for (double millis : answerMillis) {
      starts.add(new Sample(1, millis, 2 * millis, 0, -1, -1));
    }
    return starts;
  }

  @Test
  void eachStartIsComparedWithThatWithoutAnAgentOfItsRound() {
    Map<Variant, Turns<Sample>> all = new EnumMap<>(Variant.class);
    all.put(Variant.NONE, starts(1000, 2000, 1000));
    all.put(Variant.WARM, starts(1100, 2400, 1050));

    assertThat(FirstAnswers.rows("chat", "17", all))
        .isEqualTo(
            "| chat | 17 | no agent | 1000 (1000–2000) | 2000 (2000–4000) |\n"
                + "| chat | 17 | metrics-agent | 1100 (1050–2400), 1.10× (1.08–1.15)"
                + " | 2200 (2100–4800), 1.10× (1.08–1.15) |\n");
  }
}
