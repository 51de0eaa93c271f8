package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of files that begin with their day in UTC, {@code 2024-01-15_worker-1.jsonl}. Deletes
 * those that exceed a number and an age, the oldest first, as {@link Expiry} decides it for logs.
 * Files with other names, folders and links are never touched. Used by one thread.
 */
public final class DailyFiles {
  private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)_.*\\.jsonl");

  private final Path folder;
  private final Expiry expiry;
  private final Clock clock;

  /**
   * Touches no disk.
   *
   * @param maxFiles how many files are kept, of all workers together; at least 1
   * @param maxAge how long a file is kept after the end of its day; positive
   */
  public DailyFiles(Path folder, int maxFiles, Duration maxAge, Clock clock) {
    this.folder = folder;
    expiry = new Expiry(maxFiles, maxAge);
    this.clock = clock;
  }

  /**
   * Deletes the files that exceed the limits. What cannot be deleted stays until the next time.
   *
   * @param current a file that stays whatever its day
   */
  public void expire(Path current) {
    List<Expiry.Item> items = new ArrayList<>();
    Instant now = clock.instant();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          add(items, file, name.group(1), now);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      AgentLog.debug("cannot list " + folder + " for retention", e);
      return;
    }
    for (Path file : expiry.logs(items, now, current)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        AgentLog.debug("cannot delete " + file, e);
      }
    }
  }

  private static void add(List<Expiry.Item> items, Path file, String date, Instant now) {
    try {
      LocalDate day = LocalDate.parse(date);
      Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant end = begin.plus(Duration.ofDays(1));
      // The end of today is ahead, up to a day: further away than that of yesterday.
      boolean today = !begin.isAfter(now) && end.isAfter(now);
      items.add(new Expiry.Item(file, "", today ? now : begin, today ? now : end));
    } catch (DateTimeException e) {
      AgentLog.debug("no day: " + file, e); // such as 2024-02-31, so it is not one of these files
    }
  }
}
