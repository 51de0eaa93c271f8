package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds snapshot files. Stateless. */
final class SnapshotFiles {
  private static final String EXAMPLE = "2024-01-15T10:30:00Z";

  private SnapshotFiles() {}

  /**
   * Returns the file itself, or the newest one of a folder: of the agent's folder ({@code
   * debug/metrics} in it) or one that holds snapshots.
   *
   * @throws CliException if there is none
   */
  static Path find(Path path) throws CliException {
    if (Inputs.exists(path)) {
      return path;
    }
    if (!Files.isDirectory(path)) {
      throw CliException.usage(
          path
              + ": no such file or folder; give a snapshot file, or the folder of the agent ("
              + AgentSettings.DIRECTORY.key()
              + ")");
    }
    List<Path> all = all(path);
    return all.get(all.size() - 1);
  }

  /**
   * Returns the snapshots of a folder, the newest one last: of the agent's folder or one that holds
   * snapshots.
   *
   * @throws CliException if there is none
   */
  static List<Path> all(Path path) throws CliException {
    Path dumps = path.resolve("debug").resolve("metrics");
    for (Path folder : List.of(dumps, path)) {
      List<Path> snapshots = list(folder);
      if (!snapshots.isEmpty()) {
        return snapshots;
      }
    }
    throw CliException.usage(
        path
            + ": no snapshot in it, nor in "
            + dumps
            + "; the archive exporter writes one each "
            + AgentSettings.INTERVAL.key()
            + " and one at shutdown");
  }

  private static List<Path> list(Path folder) throws CliException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(SnapshotFiles::isSnapshot)
          .sorted(
              Comparator.comparing(SnapshotFiles::time)
                  // Within a second the names only say the worker, and -2, -3 … of equal names.
                  .thenComparing(SnapshotFiles::modified)
                  .thenComparing(file -> file.getFileName().toString().length())
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw CliException.failed(folder + ": cannot be listed: " + Inputs.reason(folder, cause), e);
    }
  }

  private static boolean isSnapshot(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json")
        && !name.startsWith(".")
        && !time(file).isEmpty()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the time in a file's name in a form that sorts, or "" when there is none. */
  private static String time(Path file) {
    String name = file.getFileName().toString();
    if (name.length() <= EXAMPLE.length() || name.charAt(EXAMPLE.length()) != '_') {
      return "";
    }
    for (int i = 0; i < EXAMPLE.length(); i++) {
      boolean digit = Character.isDigit(EXAMPLE.charAt(i));
      if (digit != Character.isDigit(name.charAt(i))) {
        return "";
      }
    }
    // Windows has no colon in file names.
    return name.substring(0, EXAMPLE.length()).replace(':', '-');
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
