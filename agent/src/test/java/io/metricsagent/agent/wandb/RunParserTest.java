package io.metricsagent.agent.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

class RunParserTest {
  private static WandbRun read(String summary) {
    String text = "{\"summary\": " + summary + "}";
    try (JsonParser parser = RunParser.JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new RunParser(Map.of("summary", RunField.SUMMARY)).read(parser);
    }
  }

  @Test
  void aNumberThatNoDoubleHoldsIsLeftOutAndCounted() {
    WandbRun run = read("{\"loss\": 0.25, \"large\": 1e999, \"small\": -1e999}");

    assertThat(run.values).containsOnly(Map.entry("loss", 0.25));
    assertThat(run.unreadValues).isEqualTo(2);
  }

  @Test
  void aNumberOfPythonThatIsNoNumberSaysThatThereIsNoValue() {
    WandbRun run = read("{\"loss\": NaN, \"best\": Infinity, \"worst\": -Infinity}");

    assertThat(run.values).isEmpty();
    assertThat(run.unreadValues).isZero();
  }

  @Test
  void aNameOfWandbItselfIsNoValueWhateverItsNumber() {
    WandbRun run = read("{\"_runtime\": 12, \"_large\": 1e999}");

    assertThat(run.values).isEmpty();
    assertThat(run.unreadValues).isZero();
  }
}
