package io.metricsagent.exporters.archive;

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
import java.time.Instant;
import java.util.Set;

/**
 * Writes files that appear whole or not at all: each is written under a temporary name, forced to
 * the disk and renamed. A file has mode 0600 where the file system knows modes. Thread-safe.
 */
final class WholeFiles {
  /** Opens a file that does not exist yet; tests replace it to simulate a full disk. */
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * The lock of all files of the process from the check that a name is free until the file is moved
   * to it.
   */
  private static final Object NAMING = new Object();

  private final ArchiveFolder folder;
  private final ArchiveNames names;
  private final Opener opener;

  WholeFiles(ArchiveFolder folder, ArchiveNames names, Opener opener) {
    this.folder = folder;
    this.names = names;
    this.opener = opener;
  }

  /** Writes a file that is named by a time and a worker; the folder must be prepared. */
  Path write(Instant time, String worker, byte[] content) throws IOException {
    synchronized (NAMING) {
      String name = names.snapshot(time, worker, 1);
      Path temporary =
          folder.path().resolve(ArchiveNames.temporary(name, ProcessHandle.current().pid()));
      try {
        try (OutputStream out = opener.open(temporary)) {
          out.write(content);
        }
        return publish(temporary, time, worker);
      } catch (IOException | RuntimeException e) {
        discard(temporary, e);
        throw e;
      }
    }
  }

  /**
   * Gives a complete file the first of its names that is free. It makes a hard link instead of
   * moving the file, because a link fails if another process of the same worker has taken the name.
   * In file systems without hard links, it checks that the name is free and moves the file.
   */
  private Path publish(Path temporary, Instant time, String worker) throws IOException {
    for (int copy = 1; ; copy++) {
      Path target = folder.path().resolve(names.snapshot(time, worker, copy));
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

  static OutputStream openPrivate(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, NEW_FILE, ArchiveFolder.mode(file, "rw-------"));
    return new ForcedOutputStream(channel);
  }

  /**
   * Describes a failure, and says what to do.
   *
   * @param what what could not be written
   */
  static IOException failure(String what, ArchiveFolder folder, Exception e) {
    String advice =
        e instanceof ArchiveFolder.RefusedException
            ? ""
            : "; free or unlock that place, or set metrics.agent.dir to a directory that can be"
                + " written";
    return new IOException(
        "cannot archive " + what + " in " + folder.path() + ": " + reason(e) + advice, e);
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
