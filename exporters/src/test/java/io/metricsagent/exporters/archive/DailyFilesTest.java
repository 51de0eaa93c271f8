package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyFilesTest {
  private static final LocalDate TODAY = LocalDate.parse("2024-01-15");

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }

  /** Makes one file for each of the last days, today's included. */
  private void days(int number) throws IOException {
    for (int ago = 0; ago < number; ago++) {
      file(TODAY.minusDays(ago) + "_w.jsonl");
    }
  }

  private void expire(int maxFiles, int maxDays) {
    Instant now = TODAY.atTime(10, 30).toInstant(ZoneOffset.UTC);
    new DailyFiles(folder, maxFiles, Duration.ofDays(maxDays), Clock.fixed(now, ZoneOffset.UTC))
        .expire(folder.resolve(TODAY + "_w.jsonl"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void daysThatEndedLongerAgoThanTheMaximumAgeGo() throws IOException {
    days(10);
    expire(1000, 3);
    assertThat(names())
        .containsExactly(
            "2024-01-12_w.jsonl", "2024-01-13_w.jsonl", "2024-01-14_w.jsonl", "2024-01-15_w.jsonl");
  }

  @Test
  void beyondTheNumberTheOldestGoWhoeverWroteThem() throws IOException {
    days(3);
    file("2024-01-12_other.jsonl");
    expire(2, 90);
    assertThat(names()).containsExactly("2024-01-14_w.jsonl", "2024-01-15_w.jsonl");
  }

  /** At midnight each worker begins a file, and those of others must not go before older ones. */
  @Test
  void aDayThatHasJustBegunIsNewerThanTheDayBefore() throws IOException {
    file("2024-01-14_a.jsonl");
    file("2024-01-14_b.jsonl");
    file("2024-01-15_a.jsonl");
    Path made = file("2024-01-15_b.jsonl");
    Instant now = TODAY.atTime(0, 1).toInstant(ZoneOffset.UTC);
    new DailyFiles(folder, 2, Duration.ofDays(90), Clock.fixed(now, ZoneOffset.UTC)).expire(made);
    assertThat(names()).containsExactly("2024-01-15_a.jsonl", "2024-01-15_b.jsonl");
  }

  /** A clock that is set far ahead would look like that. */
  @Test
  void whatIsBehindAPauseStaysUntilTheDaysSinceThenSpanTheMaximumAge() throws IOException {
    file("2023-01-01_w.jsonl");
    file("2024-01-14_w.jsonl");
    file("2024-01-15_w.jsonl");
    expire(1000, 3);
    assertThat(names()).hasSize(3);
  }

  @Test
  void otherFilesStay() throws IOException {
    file("notes.txt");
    file("2020-02-31_w.jsonl");
    Path target = file("target");
    Files.createSymbolicLink(folder.resolve("2020-01-01_link.jsonl"), target);
    Files.createDirectory(folder.resolve("2020-01-01_folder.jsonl"));
    days(10);
    expire(1, 1);
    assertThat(names())
        .containsExactly(
            "2020-01-01_folder.jsonl",
            "2020-01-01_link.jsonl",
            "2020-02-31_w.jsonl",
            "2024-01-15_w.jsonl",
            "notes.txt",
            "target");
  }

  @Test
  void aFolderThatIsMissingIsNoFailure() {
    new DailyFiles(folder.resolve("x"), 1, Duration.ofDays(1), Clock.systemUTC())
        .expire(folder.resolve("x/y"));
  }
}
