package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.measures.ToolMeasures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of the snapshots that the exporters' golden tests store; {@code -Dupdate.golden=true}
 * accepts what is new.
 */
class InspectGoldenTest {
  // Surefire starts tests in the folder of the module.
  private static final Path SNAPSHOTS = Path.of("..", "exporters", "src/test/resources/golden");
  private static final Path TABLES = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @ValueSource(strings = {"first", "second", "empty", "merged"})
  void tables(String name) throws Exception {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      new SnapshotTables(
              new JsonMapper().readTree(Files.readAllBytes(SNAPSHOTS.resolve(name + ".json"))), out)
          .print(Path.of(name + ".json"));
    }
    Path golden = TABLES.resolve("inspect-" + name + ".txt");
    String tables = text.toString().replace(System.lineSeparator(), "\n");
    if (Boolean.getBoolean("update.golden")) {
      Files.createDirectories(TABLES);
      Files.writeString(golden, tables);
      return;
    }
    assertThat(Files.readString(golden)).isEqualTo(tables);
  }

  @Test
  void aColumnOfANewNumber() {
    Kind.Builder tools = ToolMeasures.KIND.extended();
    tools.add(
        Measure.of(MeasureType.COUNTER, "tool.repetitions", "{call}")
            .optionalColumn(25, "repetitions"));
    String json = "{'tools': [{'tool_name': 'search', 'call_count': 8, 'repetitions': 3}]}";
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      new SnapshotTables(
              new JsonMapper().readTree(json.replace('\'', '"')), out, List.of(tools.build()))
          .print(Path.of("x.json"));
    }

    assertThat(text.toString().lines())
        .contains(
            "tool    calls  failures  repetitions  failure rate  p50 ms  p95 ms  p99 ms"
                + "  error codes",
            "search      8         -            3             -       -       -       -  -");
  }
}
