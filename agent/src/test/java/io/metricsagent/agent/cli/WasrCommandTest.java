package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WasrCommandTest {
  private static final String RUN =
      "{\"event\": \"run.complete\", \"timestamp\": 1760054400, \"run_id\": \"%s\","
          + " \"success\": true}\n";

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private Path file(String name, int runs) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs; i++) {
      text.append(String.format(RUN, "run-" + i));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private void assertWasr(int expected) {
    assertThat(shell.run("wasr", "--now", "1760054400")).as(shell.err()).isZero();
    assertThat(shell.out()).contains("\"wasr\": " + expected + ",");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void theDefaultInputIsInTheAgentsFolderUnlessAVariableNamesAnother() throws Exception {
    file("metrics.jsonl", 1);
    shell.properties.setProperty("metrics.agent.dir", folder.toString());
    assertWasr(1);
    shell.environment.put("WORLDFLUX_METRICS_PATH", file("b.jsonl", 2).toString());
    assertWasr(2);
    shell.environment.put("METRICS_AGENT_RUNS_PATH", "  ");
    assertWasr(2);
    shell.environment.put("METRICS_AGENT_RUNS_PATH", " " + file("c.jsonl", 3) + " ");
    assertWasr(3);
    shell.properties.setProperty("user.home", folder.toString());
    shell.environment.put("METRICS_AGENT_RUNS_PATH", "~/b.jsonl");
    assertWasr(2);
    shell.environment.put("METRICS_AGENT_RUNS_PATH", "/dev/null");
    assertWasr(0);
  }

  @Test
  void aDashIsStandardInput() throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(file("a.jsonl", 4))));
    try {
      assertThat(shell.run("wasr", "--input", "-", "--now", "1760054400")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(shell.out()).contains("\"wasr\": 4,");
  }

  @Test
  void aPipeIsAsGoodAsAFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() == 0,
        "there is no mkfifo");
    Path runs = file("a.jsonl", 4);
    Process writer = new ProcessBuilder("sh", "-c", "exec cat " + runs + " > " + pipe).start();
    try {
      assertThat(shell.run("wasr", "--input", pipe.toString(), "--now", "1760054400")).isZero();
      assertThat(shell.out()).contains("\"wasr\": 4,");
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void devNullIsNoDataOnEverySystem() {
    shell.terminal = true;
    assertThat(shell.run("wasr", "--input", "/dev/null")).isZero();
    assertThat(shell.out().lines())
        .contains(
            "wasr                         -  no data",
            "quickstart.success_rate      -  no data",
            "retention                    -  no data");
    assertThat(shell.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--lookback-days=0",
        "--lookback-days=-7",
        "--lookback-days=week",
        "--lookback-days=1.5",
        "--lookback-days=99999999999",
        "--now=yesterday",
        "--now=NaN",
        "--now=1e999",
        "--now=1760054400000",
        "--now=",
        "--nov=1",
        "runs.jsonl",
      })
  void wrongUsageIsTwo(String argument) {
    assertThat(shell.run("wasr", argument)).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains(argument.replaceFirst("=.*", ""));
  }

  @Test
  void theReportLooksBackOverTheDaysThatAreAskedFor() throws Exception {
    String input = file("a.jsonl", 1).toString();
    assertThat(shell.run("wasr", "--input", input, "--now", "1760140801", "--lookback-days", "1"))
        .isZero();
    assertThat(shell.out())
        .contains("\"wasr\": 0", "\"lookback_days\": 1", "\"start\": 1760054401.0");
  }

  @Test
  void withoutATimeTheReportEndsNow() {
    double before = System.currentTimeMillis() / 1000.0;
    assertThat(shell.run("wasr", "--input", "/dev/null")).isZero();
    double end = Json.MAPPER.readTree(shell.out()).get("window").get("end").asDouble();
    assertThat(end).isBetween(before, System.currentTimeMillis() / 1000.0);
  }

  @Test
  void whatCannotBeReadOrWrittenIsOne() throws Exception {
    assertThat(shell.run("wasr", "--input", folder.toString())).isEqualTo(1);
    assertThat(shell.err().strip())
        .isEqualTo(folder + ": cannot be read: it is a folder; give a file");
    String below = file("a.jsonl", 1).resolve("wasr.json").toString();
    assertThat(shell.run("wasr", "--input", "/dev/null", "--output", below)).isEqualTo(1);
    assertThat(shell.err()).contains("a.jsonl: the folder cannot be made: ").hasLineCount(1);
    assertThat(shell.run("wasr", "--input", "/dev/null", "--output", folder.toString()))
        .isEqualTo(1);
    assertThat(shell.err()).contains(": cannot be written: ");
  }

  @Test
  void aMissingFileIsTold() {
    Path missing = folder.resolve("a\u001b[31m.jsonl");
    assertThat(shell.run("wasr", "--input", missing.toString())).isZero();
    assertThat(shell.err().strip())
        .isEqualTo(
            folder.resolve("a?[31m.jsonl") + ": there is no such file, so the report is empty");
  }

  @Test
  void aPipedReportIsJsonAlone() throws Exception {
    Path large = folder.resolve("a.jsonl");
    String input = Files.writeString(large, String.format(RUN, "a").repeat(250_000)).toString();
    assertThat(shell.run("wasr", "--input", input, "--now", "1760054400")).isZero();
    assertThat(shell.out()).startsWith("{").endsWith("}\n").doesNotContain("\r");
    String json = shell.out();
    shell.terminal = true;
    assertThat(shell.run("wasr", "--input", input, "--now", "1760054400")).isZero();
    assertThat(shell.out())
        .startsWith("\rreading: ")
        .contains("\r" + json + System.lineSeparator() + "metric ");
  }

  @Test
  void aTerminalShowsTheTableAlsoWhereTheJsonGoesToAFile() throws Exception {
    Path output = folder.resolve("wasr.json");
    shell.terminal = true;
    assertThat(shell.run("wasr", "--input", "/dev/null", "--output", output.toString())).isZero();
    assertThat(shell.out()).doesNotContain("{").contains("no data");
    assertThat(output).exists();
  }

  @Test
  void theHelpHasAnExample() {
    assertThat(shell.run("wasr", "--help")).isZero();
    assertThat(shell.out()).contains("Example:", "wasr --input runs.jsonl --now 1760054400");
  }
}
