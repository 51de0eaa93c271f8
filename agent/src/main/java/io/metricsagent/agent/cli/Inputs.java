package io.metricsagent.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads and writes the files that users name; {@code -} is standard input, and pipes work like
 * files. Stateless.
 */
final class Inputs {
  private static final Path STANDARD_INPUT = Path.of("-");

  /** The reason that Linux and macOS give. */
  private static final String IS_FOLDER = "Is a directory";

  private Inputs() {}

  /** Returns whether the path is standard input or exists and is no folder. */
  static boolean exists(Path path) {
    return path.equals(STANDARD_INPUT) || (Files.exists(path) && !Files.isDirectory(path));
  }

  /** Opens a file, or standard input. */
  static InputStream open(Path path) throws IOException {
    return path.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path);
  }

  /**
   * Checks that the path is standard input, or exists and is no folder.
   *
   * @param instead what to give instead, such as {@code give a file of signals}
   * @throws CliException if it is not
   */
  static void check(Path path, String instead) throws CliException {
    if (!exists(path)) {
      throw CliException.usage(
          path + (Files.isDirectory(path) ? ": it is a folder; " : ": no such file; ") + instead);
    }
  }

  /** Returns the name of a file, or words for standard input. */
  static String name(Path path) {
    return path.equals(STANDARD_INPUT) ? "standard input" : path.toString();
  }

  /**
   * Reads a whole file, or standard input.
   *
   * @throws CliException if that fails, with the reason
   */
  static byte[] read(Path path) throws CliException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw CliException.failed(name(path) + ": cannot be read: " + reason(path, e), e);
    }
  }

  /**
   * Writes a file.
   *
   * @throws CliException if that fails, with the reason
   */
  static void write(Path path, byte[] bytes) throws CliException {
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw CliException.failed(path + ": cannot be written: " + reason(path, e), e);
    }
  }

  /**
   * Writes a file, and makes the folders that it is in.
   *
   * @throws CliException if that fails, with the reason
   */
  static void writeNew(Path file, byte[] bytes) throws CliException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw CliException.failed(folder + ": the folder cannot be made: " + reason(folder, e), e);
    }
    write(file, bytes);
  }

  /**
   * Describes a failure in words, because the messages of some exceptions are only the file's name.
   */
  static String reason(Path path, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      Path folder = path.toAbsolutePath().getParent();
      return folder == null || Files.isDirectory(folder)
          ? "it does not exist"
          : "there is no folder " + folder;
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason().equals(IS_FOLDER)
          ? "it is a folder; give a file"
          : failed.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
