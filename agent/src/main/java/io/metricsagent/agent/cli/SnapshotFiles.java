package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds snapshot files. Stateless. */
final class SnapshotFiles {
  private static final String EXAMPLE = "2024-01-15T10:30:00Z";

  private SnapshotFiles() {}

  /**
   * Returns the path itself if it is a file, or the newest snapshot of a folder, as {@link #all}
   * finds it.
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
   * Returns the snapshots of a folder, the newest one last: those in {@code debug/metrics} below
   * the folder, as the agent's folder has them, or else those in the folder itself.
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
              Comparator.comparing(SnapshotFiles::isNotOfTheFuture)
                  .thenComparing(SnapshotFiles::time)
                  // Names of the same second differ only by the worker, or by -2, -3 … if that is
                  // equal too.
                  .thenComparing(SnapshotFiles::modified)
                  .thenComparing(file -> file.getFileName().toString().length())
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw Inputs.notListed(folder, e);
    }
  }

  private static boolean isSnapshot(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json")
        && !name.startsWith(".")
        && !time(file).isEmpty()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the time in a file's name, in a form that can be sorted, or "" if there is none. */
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
    // Windows allows no colon in file names, so they may have hyphens instead.
    return name.substring(0, EXAMPLE.length()).replace(':', '-');
  }

  /** A clock that was far ahead leaves files that would be the newest for ever. */
  private static boolean isNotOfTheFuture(Path file) {
    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString().replace(':', '-');
    return time(file).compareTo(tomorrow) < 0;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
