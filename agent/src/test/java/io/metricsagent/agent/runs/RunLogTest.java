package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final Window WINDOW = new Window(7, 1_760_054_400);
  private static final String GOOD = "{\"timestamp\": 1760054400, \"scenario\": \"a\"}";

  @TempDir private Path folder;

  private static WasrReport stream(byte[] bytes) throws IOException {
    return RunLog.read(new ByteArrayInputStream(bytes), WINDOW, read -> {});
  }

  private static WasrReport stream(String text) throws IOException {
    return stream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void blankLinesCountAsLinesAndAreNotSkipped() throws IOException {
    WasrReport report = stream("\n \t\r\n" + GOOD + "\r\n\nbad\n" + GOOD);
    assertThat(report.events()).isEqualTo(2);
    assertThat(report.skipped()).isEqualTo(new SkippedLines(1, List.of(5L)));
  }

  /** Such blanks are none of JSON's. */
  @Test
  void aLineWithAFormFeedIsBlankAndDoesNotSpoilTheNextOne() throws IOException {
    WasrReport report = stream(GOOD + "\n\f\n" + GOOD + "\f\n" + GOOD);
    assertThat(report.events()).isEqualTo(3);
    assertThat(report.skipped()).isEqualTo(SkippedLines.NONE);
  }

  /** Files that were put one behind the other have marks within. */
  @Test
  void aByteOrderMarkIsNoPartOfALaterLine() throws IOException {
    assertThat(stream(GOOD + "\n\uFEFF" + GOOD + "\n").events()).isEqualTo(2);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
    assertThat(stream("\uFEFF" + GOOD + "\n").events()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoTextAreSkipped() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("{\"error\": \"".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xFF);
    bytes.write("\"}\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(new byte[100]);
    bytes.write("{\"error\": \"".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xC3);
    bytes.write("\"}\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(GOOD.getBytes(StandardCharsets.UTF_16LE));
    bytes.write(("\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    WasrReport report = stream(bytes.toByteArray());
    assertThat(report.events()).isEqualTo(1);
    assertThat(report.skipped()).isEqualTo(new SkippedLines(3, List.of(1L, 2L, 3L)));
  }

  @Test
  void aLineOfManyMegabytesIsSkipped() throws IOException {
    String longLine = "{\"error\": \"" + "e".repeat(5 * JsonLines.MAX_LINE) + "\"}";
    WasrReport report = stream(GOOD + "\n" + longLine + "\n" + GOOD + "\n" + longLine);
    assertThat(report.events()).isEqualTo(2);
    assertThat(report.skipped()).isEqualTo(new SkippedLines(2, List.of(2L, 4L)));
    String full = "{\"error\": \"" + "e".repeat(JsonLines.MAX_LINE) + "\"}";
    full = full.substring(0, JsonLines.MAX_LINE - 3) + "\"}\n";
    assertThat(stream(full + GOOD).events()).isEqualTo(2);
    assertThat(stream("x" + full + GOOD).skipped()).isEqualTo(new SkippedLines(1, List.of(1L)));
  }

  @Test
  void tornLinesDoNotSpoilTheirNeighbours() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int cut = 1; cut < GOOD.length(); cut++) {
      lines.add(GOOD.substring(0, cut));
      lines.add(GOOD);
    }
    WasrReport report = stream(String.join("\n", lines));
    assertThat(report.events()).isEqualTo(GOOD.length() - 1);
    assertThat(report.skipped().count()).isEqualTo(GOOD.length() - 1);
    assertThat(report.skipped().first()).containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  /** Wherever the middle falls, both halves together are the file. */
  @Test
  void twoHalvesGiveTheReportOfTheWhole() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(30);
      for (int i = 0; i < lines; i++) {
        text.append(line(random)).append(i < lines - 1 || random.nextBoolean() ? "\n" : "");
      }
      Path file = Files.writeString(folder.resolve("runs.jsonl"), text);
      WasrReport halves = RunLog.read(file, WINDOW, read -> {}, 0);
      assertThat(halves).as(text.toString()).isEqualTo(stream(text.toString()));
    }
  }

  private static String line(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return "x".repeat(random.nextInt(60));
    }
    return "{\"timestamp\": %d, \"run_id\": \"%d\", \"success\": %b, \"event\": \"%s\"}"
        .formatted(
            1_760_054_400 - random.nextInt(4_000_000),
            random.nextInt(12),
            random.nextBoolean(),
            random.nextBoolean() ? "run.complete" : "heartbeat");
  }

  @Test
  void tellsHowMuchIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("runs.jsonl"), (GOOD + "\n").repeat(100));
    List<Long> told = new ArrayList<>();
    RunLog.read(file, WINDOW, told::add, Long.MAX_VALUE);
    assertThat(told).containsExactly(Files.size(file));
  }

  /** Whichever half takes longer. */
  @Test
  void tellsAtTheEndThatBothHalvesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("runs.jsonl"), (GOOD + "\n").repeat(100));
    List<Long> told = new ArrayList<>();
    RunLog.read(file, WINDOW, told::add, 0);
    assertThat(told).last().isEqualTo(Files.size(file));
  }

  @Test
  void scenariosAreCounted() throws IOException {
    assertThat(stream(GOOD + "\n" + GOOD + "\n{\"timestamp\": 1760054401}").scenarios())
        .isEqualTo(Map.of("a", 2L, "unknown", 1L));
  }
}
