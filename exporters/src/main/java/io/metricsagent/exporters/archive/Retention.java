package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deletes what {@link Expiry} finds, of all workers, and temporary files that a killed process left
 * behind. Files with other names, of other users, and links are never touched. Used by one thread.
 */
final class Retention {
  /** A temporary file lives for milliseconds; after an hour nobody is writing it. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final Pattern COPY = Pattern.compile("(.+)-([1-9]\\d*)");

  private final ArchiveFolder folder;
  private final Expiry expiry;
  private final Clock clock;

  /** The clock of file times, which nobody sets while this process runs. */
  private final Instant firstLook = Instant.now();

  private final long firstNanos = System.nanoTime();
  private boolean leftoversRemoved;

  Retention(ArchiveFolder folder, ArchiveSettings settings, Clock clock) {
    this.folder = folder;
    expiry = new Expiry(settings.maxFiles(), settings.maxAge());
    this.clock = clock;
  }

  /**
   * Removes what killed processes have half written, once: before this process writes its first
   * file, so that a process of the same number, as in a restarted container, was an earlier one.
   */
  void removeLeftovers() throws IOException {
    if (leftoversRemoved) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      for (Path file : files) {
        long writer = ArchiveNames.writer(file);
        if (writer >= 0 && isAbandoned(file, writer)) {
          delete(file);
        } else if (ArchiveNames.isIntervalLog(file) && folder.isOwnFile(file)) {
          removeTornLine(file);
        }
      }
    }
    leftoversRemoved = true;
  }

  private static void removeTornLine(Path log) {
    try {
      IntervalLog.removeTornLine(log);
    } catch (IOException e) {
      AgentLog.debug("cannot look for a torn line in " + log, e);
    }
  }

  private boolean isAbandoned(Path file, long writer) {
    if (writer == ProcessHandle.current().pid() || ProcessHandle.of(writer).isEmpty()) {
      return true;
    }
    try {
      return modified(file).isBefore(clock.instant().minus(ABANDONED));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Applies both limits to snapshots.
   *
   * @param written the file just written, which always stays
   */
  void apply(Path written) {
    Map<Path, ArchiveNames.Parsed> snapshots = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      for (Path file : files) {
        ArchiveNames.Parsed snapshot = ArchiveNames.snapshot(file);
        if (snapshot != null) {
          snapshots.put(file, snapshot);
        }
      }
    } catch (IOException e) {
      AgentLog.debug("cannot list " + folder.path() + " for retention", e);
      return;
    }
    Set<ArchiveNames.Parsed> names = new HashSet<>(snapshots.values());
    List<Expiry.Item> items = new ArrayList<>();
    snapshots.forEach(
        (file, snapshot) ->
            items.add(
                new Expiry.Item(file, worker(snapshot, names), snapshot.time(), snapshot.time())));
    delete(expiry.snapshots(items, clock.instant(), written));
  }

  /**
   * Returns the worker of a snapshot: {@code w} of {@code w-2}, if there is one of {@code w} of the
   * same second; else {@code w-2} may well be a worker's name.
   */
  private static String worker(ArchiveNames.Parsed snapshot, Set<ArchiveNames.Parsed> all) {
    Matcher copy = COPY.matcher(snapshot.worker());
    return copy.matches() && all.contains(new ArchiveNames.Parsed(snapshot.time(), copy.group(1)))
        ? copy.group(1)
        : snapshot.worker();
  }

  /**
   * Applies both limits to interval logs. Their age is that of their last line: a process that runs
   * for weeks still writes the log whose name tells its start.
   *
   * @param current the log of this process, which always stays, or {@code null}
   */
  void applyToLogs(Path current) {
    List<Expiry.Item> logs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      for (Path file : files) {
        ArchiveNames.Parsed log = ArchiveNames.intervalLog(file);
        if (log != null) {
          logs.add(new Expiry.Item(file, log.worker(), log.time(), modified(file)));
        }
      }
    } catch (IOException e) {
      AgentLog.debug("cannot list " + folder.path() + " for retention", e);
      return;
    }
    Instant now = firstLook.plusNanos(System.nanoTime() - firstNanos);
    delete(expiry.logs(logs, now, current));
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private void delete(Set<Path> files) {
    files.forEach(this::delete);
  }

  /** A file that cannot be deleted is tried again at the next export. */
  private void delete(Path file) {
    if (!folder.isOwnFile(file)) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      AgentLog.debug("cannot delete " + file, e);
    }
  }
}
