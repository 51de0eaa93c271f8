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
  /** Temporary files exist for milliseconds; after an hour no process is still writing one. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final Pattern COPY = Pattern.compile("(.+)-([1-9]\\d*)");

  private final ArchiveFolder folder;
  private final Expiry expiry;
  private final Clock clock;

  /**
   * With {@link #firstNanos} a clock for file times, which does not jump when the system's clock is
   * set.
   */
  private final Instant firstLook = Instant.now();

  private final long firstNanos = System.nanoTime();
  private boolean leftoversRemoved;

  Retention(ArchiveFolder folder, ArchiveSettings settings, Clock clock) {
    this.folder = folder;
    expiry = new Expiry(settings.maxFiles(), settings.maxAge());
    this.clock = clock;
  }

  /**
   * Removes incomplete files of killed processes, once. This must be before this process writes its
   * first file, so that files with its own process id are those of an earlier process, as in a
   * restarted container.
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
   * Returns the worker of a snapshot. For {@code w-2} that is {@code w} if there is a snapshot of
   * {@code w} of the same second; otherwise {@code w-2} is taken as the worker's name.
   */
  private static String worker(ArchiveNames.Parsed snapshot, Set<ArchiveNames.Parsed> all) {
    Matcher copy = COPY.matcher(snapshot.worker());
    return copy.matches() && all.contains(new ArchiveNames.Parsed(snapshot.time(), copy.group(1)))
        ? copy.group(1)
        : snapshot.worker();
  }

  /**
   * Applies both limits to interval logs. The age of a log is that of its last line, because its
   * name has the start of the process, which may still write it after weeks.
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

  /**
   * Applies both limits to files of sessions, which have nothing in common: the oldest go.
   *
   * @param written the file just written, which always stays
   */
  void applyToSessions(Path written) {
    List<Expiry.Item> items = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      for (Path file : files) {
        ArchiveNames.Parsed name = ArchiveNames.snapshot(file);
        if (name != null) {
          items.add(new Expiry.Item(file, "", name.time(), name.time()));
        }
      }
    } catch (IOException e) {
      AgentLog.debug("cannot list " + folder.path() + " for retention", e);
      return;
    }
    delete(expiry.logs(items, clock.instant(), written));
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private void delete(Set<Path> files) {
    files.forEach(this::delete);
  }

  /** Deletes a file. If that fails, the next export tries again. */
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
