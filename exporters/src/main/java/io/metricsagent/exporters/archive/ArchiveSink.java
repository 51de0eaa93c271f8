package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes each snapshot to a file of its own in an {@link ArchiveFolder}, and keeps the number and
 * the age of those files within the settings. Beside them it keeps one {@link IntervalLog} a run.
 *
 * <p>A file appears whole or not at all: it is written under a temporary name, forced to the disk
 * and renamed. Directories are made with mode 0700 and files with 0600 where the file system knows
 * modes. A directory that went away is made again. {@link #export} writes before it returns.
 *
 * <p>Used by one thread, but for {@link #lastFile} and {@link #dump}.
 */
public final class ArchiveSink implements MetricsSink {
  /** Opens a file that does not exist yet; tests put a full disk behind it. */
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Between the look for a free name and the move to it, for all sinks of the process. */
  private static final Object NAMING = new Object();

  private final ArchiveFolder folder;
  private final ArchiveNames names;
  private final Opener opener;
  private final Retention retention;
  private IntervalLog intervals;
  private volatile Path lastFile;

  /** Makes a sink that touches no disk before its first export. */
  public ArchiveSink(ArchiveSettings settings) {
    this(settings, Clock.systemUTC(), ArchiveNames.ofPlatform(), ArchiveSink::openPrivate);
  }

  ArchiveSink(ArchiveSettings settings, Clock clock, ArchiveNames names, Opener opener) {
    folder = ArchiveFolder.of(settings);
    retention = new Retention(folder, settings, clock);
    this.names = names;
    this.opener = opener;
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
   * Writes a snapshot that somebody asked for, beside those of the flushes; any thread may.
   *
   * @return its file
   * @throws IOException if it cannot be written; the message says what to do
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
    String advice =
        e instanceof ArchiveFolder.RefusedException
            ? ""
            : "; free or unlock that place, or set metrics.agent.dir to a directory that can be"
                + " written";
    return new IOException(
        "cannot archive a snapshot in " + folder.path() + ": " + reason(e) + advice, e);
  }

  private Path write(MetricsSnapshot snapshot) throws IOException {
    byte[] json = SnapshotJson.toBytes(snapshot);
    synchronized (NAMING) {
      return write(snapshot, json);
    }
  }

  private Path write(MetricsSnapshot snapshot, byte[] json) throws IOException {
    String name = names.snapshot(snapshot.capturedAt(), snapshot.workerId(), 1);
    Path temporary =
        folder.path().resolve(ArchiveNames.temporary(name, ProcessHandle.current().pid()));
    try {
      try (OutputStream out = opener.open(temporary)) {
        out.write(json);
      }
      return publish(temporary, snapshot);
    } catch (IOException | RuntimeException e) {
      discard(temporary, e);
      throw e;
    }
  }

  /**
   * Gives a file that is whole the first free of its names. A second link to it, as opposed to a
   * move, fails where another process of the same worker was faster; file systems without such
   * links get a look and a move.
   */
  private Path publish(Path temporary, MetricsSnapshot snapshot) throws IOException {
    for (int copy = 1; ; copy++) {
      String name = names.snapshot(snapshot.capturedAt(), snapshot.workerId(), copy);
      Path target = folder.path().resolve(name);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        Files.createLink(target, temporary);
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
      }
      Files.deleteIfExists(temporary);
      return target;
    }
  }

  private static void discard(Path temporary, Exception failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static OutputStream openPrivate(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, NEW_FILE, ArchiveFolder.mode(file, "rw-------"));
    return new ForcedOutputStream(channel);
  }

  /** The messages of these exceptions are just a file name. */
  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be written";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist and cannot be made";
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is in the way and no directory";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {}

  /** Forces the content to the disk before it closes, so that the move cannot overtake it. */
  private static final class ForcedOutputStream extends OutputStream {
    private final FileChannel channel;
    private final OutputStream out;

    ForcedOutputStream(FileChannel channel) {
      this.channel = channel;
      out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        if (channel.isOpen()) {
          channel.force(false);
        }
      }
    }
  }
}
