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
  /** Opens a file that does not exist yet; tests replace it to simulate a full disk. */
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * The lock of all sinks of the process from the check that a name is free until the file is moved
   * to it.
   */
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
   * Gives a complete file the first of its names that is free. It makes a hard link instead of
   * moving the file, because a link fails if another process of the same worker has taken the name.
   * In file systems without hard links, it checks that the name is free and moves the file.
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

  /** Returns a description, because the messages of some exceptions are only a file name. */
  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be written";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist and cannot be made";
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is not a directory, but one is needed there";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {}

  /**
   * Forces the content to the disk before closing, so that the file cannot get its final name
   * before its content is written.
   */
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
