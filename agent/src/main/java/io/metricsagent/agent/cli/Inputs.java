package io.metricsagent.agent.cli;

import io.metricsagent.agent.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads and writes the files that users name; {@code -} is standard input, and pipes work like
 * files. Stateless.
 */
final class Inputs {
  private static final Path STANDARD_INPUT = Path.of("-");

  /** The first bytes of a gzip file. */
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  /** The size of a file for whose reading the heap is made small before. In bytes. */
  static final long LARGE = 64 << 20;

  /** The reason that Linux and macOS give. */
  private static final String IS_FOLDER = "Is a directory";

  private Inputs() {}

  /** Returns whether the path is standard input or exists and is no folder. */
  static boolean exists(Path path) {
    return path.equals(STANDARD_INPUT) || (Files.exists(path) && !Files.isDirectory(path));
  }

  /**
   * Opens a file, or standard input.
   *
   * @throws IOException if that fails, or if the file is compressed
   */
  static InputStream open(Path path) throws IOException {
    if (path.equals(STANDARD_INPUT)) {
      shrinkHeap();
      return uncompressed(System.in);
    }
    InputStream file = Files.newInputStream(path);
    try {
      if (Files.size(path) >= LARGE) {
        shrinkHeap();
      }
      return uncompressed(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Has the JVM adapt the heap to what is in it. Where the machine has much memory, a JVM begins
   * with a large heap, and what reads a large file would fill all of it with garbage. A heap that
   * begins small grows only as far as collections would take too much time else.
   */
  private static void shrinkHeap() {
    System.gc();
  }

  /** Refuses what is compressed, which readers of lines would skip without a hint at the reason. */
  private static InputStream uncompressed(InputStream in) throws IOException {
    PushbackInputStream stream = new PushbackInputStream(in, GZIP.length);
    byte[] begin = stream.readNBytes(GZIP.length);
    if (Arrays.equals(begin, GZIP)) {
      throw new IOException("it is compressed; decompress it first, as with gunzip");
    }
    stream.unread(begin);
    return stream;
  }

  /**
   * Returns the files of a folder, sorted by name. Pipes are left out, because they may wait for
   * ever for somebody to write; links are followed.
   *
   * @throws CliException if the folder cannot be listed
   */
  static List<Path> list(Path folder, String suffix) throws CliException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw notListed(folder, e);
    }
  }

  /** Returns what to throw if a folder cannot be listed. */
  static CliException notListed(Path folder, Exception failure) {
    IOException cause =
        failure instanceof UncheckedIOException wrapped
            ? wrapped.getCause()
            : (IOException) failure;
    return CliException.failed(folder + ": cannot be listed: " + reason(folder, cause), failure);
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

  /**
   * Checks that a command does not replace what it reads.
   *
   * @param output {@code null} if no file is written
   * @param inputs the files that the user has named; folders may be among them
   * @throws CliException if the output is one of them
   */
  static void checkOutput(Path output, Collection<Path> inputs) throws CliException {
    for (Path input : inputs) {
      if (output != null && isSame(output, input)) {
        throw CliException.usage(
            output + ": the command reads this file, which would be lost; name another output");
      }
    }
  }

  private static boolean isSame(Path output, Path input) {
    try {
      return Files.isRegularFile(output) && Files.isSameFile(output, input);
    } catch (IOException e) {
      return false; // such as standard input
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
   * Writes a file that appears whole or not at all, and makes the folders that it is in.
   *
   * @throws CliException if that fails, with the reason
   */
  static void replace(Path path, WholeFile.Body body) throws CliException {
    try {
      WholeFile.replace(path, body);
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
