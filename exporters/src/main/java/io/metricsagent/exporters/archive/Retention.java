package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Deletes snapshots that are too old or too many, of all workers, and temporary files that a killed
 * process left behind. Files with other names are never touched. Used by one thread.
 *
 * <p>A file's age is the distance of the time in its name to the clock, in either direction: after
 * the clock has stepped back, files "from the future" go before those just written.
 */
final class Retention {
  /** A temporary file lives for milliseconds; after an hour nobody is writing it. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private record Snapshot(Path file, Instant capturedAt, Duration age) {}

  private final Path directory;
  private final ArchiveSettings settings;
  private final Clock clock;
  private boolean leftoversRemoved;

  Retention(Path directory, ArchiveSettings settings, Clock clock) {
    this.directory = directory;
    this.settings = settings;
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
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        long writer = ArchiveNames.writer(file);
        if (writer >= 0 && isAbandoned(file, writer)) {
          delete(file);
        } else if (ArchiveNames.isIntervalLog(file)) {
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
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return modified.isBefore(clock.instant().minus(ABANDONED));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Applies both limits.
   *
   * @param written the file just written, which always stays
   */
  void apply(Path written) {
    List<Snapshot> snapshots = new ArrayList<>();
    Instant now = clock.instant();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Instant capturedAt = ArchiveNames.capturedAt(file);
        if (capturedAt != null && !file.equals(written)) {
          snapshots.add(new Snapshot(file, capturedAt, Duration.between(capturedAt, now)));
        }
      }
    } catch (IOException e) {
      AgentLog.debug("cannot list " + directory + " for retention", e);
      return;
    }
    for (Snapshot snapshot : List.copyOf(snapshots)) {
      if (snapshot.age().compareTo(settings.maxAge()) > 0) {
        delete(snapshot.file());
        snapshots.remove(snapshot);
      }
    }
    snapshots.sort(
        Comparator.comparing((Snapshot snapshot) -> snapshot.age().abs())
            .thenComparing(Snapshot::file));
    int kept = settings.maxFiles() - 1;
    for (int i = kept; i < snapshots.size(); i++) {
      delete(snapshots.get(i).file());
    }
  }

  /**
   * Applies both limits to interval logs. Their age is that of their last line: a process that runs
   * for weeks still writes the log whose name tells its start.
   *
   * @param current the log of this process, which always stays, or {@code null}
   */
  void applyToLogs(Path current) {
    List<Snapshot> logs = new ArrayList<>();
    Instant now = Instant.now();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (ArchiveNames.isIntervalLog(file) && !file.equals(current)) {
          Instant modified = Files.getLastModifiedTime(file).toInstant();
          logs.add(new Snapshot(file, modified, Duration.between(modified, now)));
        }
      }
    } catch (IOException e) {
      AgentLog.debug("cannot list " + directory + " for retention", e);
      return;
    }
    logs.sort(Comparator.comparing(Snapshot::age).thenComparing(Snapshot::file));
    for (int i = 0; i < logs.size(); i++) {
      boolean tooMany = i >= settings.maxFiles() - 1;
      if (tooMany || logs.get(i).age().compareTo(settings.maxAge()) > 0) {
        delete(logs.get(i).file());
      }
    }
  }

  /** A file that cannot be deleted is tried again at the next export. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      AgentLog.debug("cannot delete " + file, e);
    }
  }
}
