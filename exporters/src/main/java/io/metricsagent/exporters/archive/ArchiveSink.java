package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes each snapshot to a file of its own in an {@link ArchiveFolder}, and deletes files that
 * exceed the number and age in the settings. It also writes one {@link IntervalLog} a run.
 *
 * <p>A file appears whole or not at all: it is written under a temporary name, forced to the disk
 * and renamed. Directories are made with mode 0700 and files with 0600 where the file system knows
 * modes. A directory that was deleted is made again. {@link #export} writes before it returns.
 *
 * <p>Used by one thread, except for {@link #lastFile} and {@link #dump}, which are thread-safe.
 */
public final class ArchiveSink implements MetricsSink {
  private final ArchiveFolder folder;
  private final ArchiveNames names;
  private final WholeFiles files;
  private final Retention retention;
  private IntervalLog intervals;
  private volatile Path lastFile;

  /** Makes a sink that touches no disk before its first export. */
  public ArchiveSink(ArchiveSettings settings) {
    this(settings, Clock.systemUTC(), ArchiveNames.ofPlatform(), WholeFiles::openPrivate);
  }

  ArchiveSink(ArchiveSettings settings, Clock clock, ArchiveNames names, WholeFiles.Opener opener) {
    folder = ArchiveFolder.of(settings);
    retention = new Retention(folder, settings, clock);
    this.names = names;
    files = new WholeFiles(folder, names, opener);
  }

  @Override
  public String name() {
    return "archive";
  }

  /** Returns the file of the last snapshot that was written, or {@code null} before the first. */
  public Path lastFile() {
    return lastFile;
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    try {
      folder.prepare();
      retention.removeLeftovers();
      Path file = write(snapshot);
      lastFile = file;
      retention.apply(file);
      if (intervals == null) {
        intervals = new IntervalLog(folder, names, IntervalLog.MAX_BYTES);
      }
      intervals.append(snapshot);
      retention.applyToLogs(intervals.file());
      return CompletableFuture.completedFuture(file);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(failure(e));
    }
  }

  /**
   * Writes a snapshot on request, in addition to those of the flushes. Any thread may call it.
   *
   * @return the snapshot's file
   * @throws IOException if the file cannot be written; the message says what to do
   */
  public Path dump(MetricsSnapshot snapshot) throws IOException {
    try {
      folder.prepare();
      return write(snapshot);
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  private IOException failure(Exception e) {
    return WholeFiles.failure("a snapshot", folder, e);
  }

  private Path write(MetricsSnapshot snapshot) throws IOException {
    return files.write(snapshot.capturedAt(), snapshot.workerId(), SnapshotJson.toBytes(snapshot));
  }

  @Override
  public void close() {}
}
