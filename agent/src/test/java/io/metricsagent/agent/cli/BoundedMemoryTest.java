package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of a command does not grow with its file: 110 MB are read with a heap of 24 MB, or of
 * 48 MB if each line takes 1 MB.
 */
class BoundedMemoryTest {
  private static final int MEGABYTES = 110;
  private static final String HEAP = "24m";
  private static final String HEAP_FOR_LONG_LINES = "48m";

  @TempDir private Path folder;

  private CommandProcess.Ended run(String... command) throws Exception {
    return runWith(HEAP, command);
  }

  private CommandProcess.Ended runWith(String heap, String... command) throws Exception {
    CommandProcess.Ended ended = CommandProcess.run(folder, heap, command);
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.code()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .as("no temporary file is left")
          .noneMatch(file -> file.getFileName().toString().startsWith("metrics-agent-sort-"));
    }
    return ended;
  }

  private static List<String> lines(CommandProcess.Ended ended) throws IOException {
    return Files.readAllLines(ended.output());
  }

  /** Runs a command in this JVM, to look at a result. */
  private static List<String> here(String... command) {
    Shell shell = new Shell();
    assertThat(shell.run(command)).as(shell.err()).isZero();
    return shell.out().lines().toList();
  }

  @Test
  void analyzeAndToEvalsHoldOneSessionAtATime() throws Exception {
    Path file = folder.resolve("sessions.json");
    int sessions = BigFiles.sessions(file, MEGABYTES);

    assertThat(lines(run("analyze", file.toString())))
        .contains("Sessions analyzed: %,d".formatted(sessions));

    Path tasks = folder.resolve("tasks");
    assertThat(lines(run("to-evals", file.toString(), "-o", tasks.toString())))
        .containsExactly(sessions + " tasks written to " + tasks);
    assertThat(tasks.toFile().list()).hasSize(sessions);
  }

  @Test
  void importLogsHoldsNoSession() throws Exception {
    Path file = folder.resolve("app.log");
    int lines = BigFiles.log(file, MEGABYTES);
    Path sessions = folder.resolve("sessions.json");

    assertThat(lines(run("import-logs", file.toString(), "-o", sessions.toString())))
        .containsExactly(MEGABYTES * 1200 + " sessions written to " + sessions);
    assertThat(here("analyze", sessions.toString()))
        .contains("Sessions analyzed: %,d".formatted(MEGABYTES * 1200))
        .anyMatch(
            line ->
                line.contains("total_tool_calls")
                    && line.contains("%,d".formatted(lines - MEGABYTES * 1200)));
  }

  @Test
  void importLogsHoldsNotEvenASessionOfTheWholeLog() throws Exception {
    Path file = folder.resolve("app.log");
    int lines = BigFiles.logOfOneSession(file, MEGABYTES);
    Path sessions = folder.resolve("sessions.json");

    assertThat(lines(run("import-logs", file.toString(), "-o", sessions.toString())))
        .containsExactly("1 session written to " + sessions);
    assertThat(here("analyze", sessions.toString()))
        .anyMatch(
            line -> line.contains("total_tool_calls") && line.contains("%,d".formatted(lines)));
  }

  /** Dozens of sorted files are merged, each of which begins with a line of 1 MB. */
  @Test
  void importLogsHoldsFewLinesHoweverLongTheyAre() throws Exception {
    Path file = folder.resolve("app.log");
    int lines = BigFiles.logOfLongLines(file, MEGABYTES);
    Path sessions = folder.resolve("sessions.json");

    assertThat(
            lines(
                runWith(
                    HEAP_FOR_LONG_LINES,
                    "import-logs",
                    file.toString(),
                    "-o",
                    sessions.toString())))
        .containsExactly(lines + " sessions written to " + sessions);
  }

  @Test
  void classifyHoldsOneSessionAtATime() throws Exception {
    Path file = folder.resolve("signals.jsonl");
    BigFiles.signals(file, MEGABYTES);
    Path rollups = folder.resolve("rollups.jsonl");

    List<String> sessions =
        lines(run("classify", "--input", file.toString(), "--rollups", rollups.toString()));
    assertThat(sessions).hasSize(MEGABYTES * 1200).isSorted();
    assertThat(sessions)
        .allMatch(line -> line.contains("\"startup_success\": true"))
        .allMatch(line -> line.contains("\"swapped\": true"));
    assertThat(here("sla", "--json", rollups.toString()))
        .anyMatch(line -> line.contains("\"known_sessions\": " + MEGABYTES * 1200))
        .anyMatch(line -> line.contains("\"total_streams\": " + MEGABYTES * 1200 / 2));
  }

  @Test
  void slaHoldsTheGroupsOnly() throws Exception {
    Path file = folder.resolve("rollups.jsonl");
    int rollups = BigFiles.rollups(file, MEGABYTES);

    assertThat(lines(run("sla", "--json", "--by", "worker", file.toString())))
        .filteredOn(line -> line.contains("\"worker\": \"w"))
        .hasSize(500)
        .allMatch(
            line ->
                line.contains("\"known_sessions\": " + rollups / 500)
                    || line.contains("\"known_sessions\": " + (rollups / 500 + 1)));
  }

  @Test
  void wasrHoldsAPartOfTheRunIds() throws Exception {
    Path file = folder.resolve("metrics.jsonl");
    BigFiles.runs(file, MEGABYTES);
    String[] command = {
      "wasr", "--input", file.toString(), "--now", Double.toString(BigFiles.NOW),
    };

    List<String> expected = here(command);
    assertThat(lines(run(command))).isEqualTo(expected);
    assertThat(expected.toString()).doesNotContain("\"wasr\": 0").contains("\"retained\"");
  }
}
