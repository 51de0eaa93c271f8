package io.metricsagent.exporters.archive;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The folders of the archive, which are used only if no other user can change them.
 *
 * <p>A user who can write to {@code <directory>/debug/metrics}, or a neighbour of it, could put a
 * link there in place of a file that the agent writes, truncates or deletes. So {@code debug} and
 * {@code metrics} must be folders, not links, must belong to the user of this process or to root,
 * and must not be writable by group or others. The configured directory, and the link if it is one,
 * must belong to one of these users as well. Others may write to the directory, as to many volumes
 * of containers, because what they put there is refused.
 *
 * <p>In a file system without owners and modes (Windows, some network disks), only links are
 * refused. Thread-safe.
 */
final class ArchiveFolder {
  private static final String METRICS = "metrics";
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int PERMISSIONS = 0777;
  private static final int PRIVATE_FILE = 0600;

  /** Thrown for a folder that is not safe to use; the message says why and needs no addition. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(Path folder, String reason) {
      super(
          folder
              + " "
              + reason
              + "; the archive is kept only where nobody else can put a link in place of a file."
              + " Remove that folder, or set metrics.agent.dir to one of this user's own");
    }
  }

  /**
   * The user of this process in a file system, found by making a file there, because network disks
   * and containers map users.
   *
   * @param keepsModes whether the file has the mode with which it was made
   */
  private record Self(int uid, boolean keepsModes) {}

  private final Path directory;
  private final Path room;
  private volatile Self self;

  /**
   * Does not access the disk.
   *
   * @param directory {@code metrics.agent.dir}
   */
  ArchiveFolder(Path directory) {
    this(directory, METRICS);
  }

  private ArchiveFolder(Path directory, String room) {
    this.directory = directory;
    this.room = directory.resolve("debug").resolve(room);
  }

  /**
   * Names the folders that the settings ask for, and touches none.
   *
   * @throws IllegalArgumentException if this JVM cannot spell the name of the directory
   */
  static ArchiveFolder of(ArchiveSettings settings) {
    return of(settings, METRICS);
  }

  /**
   * Names the folders that the settings ask for, and touches none.
   *
   * @param room the name of the folder in {@code <directory>/debug}
   * @throws IllegalArgumentException if this JVM cannot spell the name of the directory
   */
  static ArchiveFolder of(ArchiveSettings settings, String room) {
    try {
      return new ArchiveFolder(settings.directory().toPath(), room);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "metrics.agent.dir="
              + settings.directory()
              + " cannot be spelled in the encoding of file names here ("
              + System.getProperty("sun.jnu.encoding")
              + "); start the JVM with LC_ALL=C.UTF-8, or write a name in ASCII",
          e);
    }
  }

  /** Returns the folder of snapshots and logs. */
  Path path() {
    return room;
  }

  /**
   * Makes missing folders, with mode 0700, and checks all folders.
   *
   * @throws RefusedException if a folder is not safe to use
   */
  void prepare() throws IOException {
    // This check accepts a link to a directory, which createDirectories refuses on JDK 17.
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, "rwx------"));
    }
    Path debug = room.getParent();
    for (Path folder : List.of(debug, room)) {
      makeUnlessLink(folder);
    }
    if (hasOwners(room)) {
      if (self == null) {
        self = self();
      }
      checkOwner(directory);
      if (Files.isSymbolicLink(directory)) {
        checkOwner(directory.toRealPath());
      }
      for (Path folder : List.of(debug, room)) {
        checkOwner(folder);
        checkMode(folder);
      }
    }
  }

  private static void makeUnlessLink(Path folder) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        throw new RefusedException(folder, "is a link");
      }
    } catch (NoSuchFileException e) {
      Files.createDirectories(folder, mode(folder, "rwx------"));
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(
          folder.toString(), null, "is not a directory, but one is needed there");
    }
  }

  private void checkOwner(Path folder) throws IOException {
    int uid = (int) attributes(folder).get("uid");
    if (uid != self.uid && uid != ROOT) {
      throw new RefusedException(
          folder, "belongs to another user (uid " + uid + ", this is " + self.uid + ")");
    }
  }

  private void checkMode(Path folder) throws IOException {
    int mode = (int) attributes(folder).get("mode") & PERMISSIONS;
    if (self.keepsModes && (mode & WRITABLE_BY_OTHERS) != 0) {
      throw new RefusedException(
          folder, "may be written by others (mode " + Integer.toOctalString(mode) + ")");
    }
  }

  /**
   * Returns whether a file is regular, no link, and belongs to this process's user. The archive
   * changes and deletes no other files.
   */
  boolean isOwnFile(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      return self == null || (int) attributes(file).get("uid") == self.uid;
    } catch (IOException e) {
      return false;
    }
  }

  private Self self() throws IOException {
    String name =
        ArchiveNames.temporary(
            "1970-01-01T00:00:00Z_owner.json", System.nanoTime() & Long.MAX_VALUE);
    Path probe = Files.createFile(room.resolve(name), mode(room, "rw-------"));
    try {
      Map<String, Object> attributes = attributes(probe);
      int mode = (int) attributes.get("mode") & PERMISSIONS;
      return new Self((int) attributes.get("uid"), mode == PRIVATE_FILE);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean hasOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /**
   * Returns the attributes that make a file or folder private, or none if the file system has no
   * modes.
   */
  static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
