package io.metricsagent.agent.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files of the user's that appear whole or not at all: under a temporary name beside them,
 * which is then renamed. Missing folders are made. Stateless.
 */
public final class WholeFile {
  /** Writes the contents. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes a file in place of one that may exist. Of a link, the file that it leads to is replaced.
   */
  public static void replace(Path file, Body body) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
        body.writeTo(out); // a pipe or a device, which nothing can be moved to
      }
      return;
    }
    Path temporary = written(target, body);
    move(temporary, target);
  }

  /**
   * Writes a file unless there is one of that name, or a link.
   *
   * @return whether the file was written
   */
  public static boolean create(Path file, Body body) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path temporary = written(file, body);
    try {
      // Unlike a move, a link fails if another process has taken the name.
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      Files.delete(temporary);
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      move(temporary, file);
      return true;
    }
    Files.delete(temporary);
    return true;
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static Path written(Path target, Body body) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    Path temporary = Files.createTempFile(folder, ".metrics-agent-", ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
      body.writeTo(out);
      return temporary;
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }
}
