package io.metricsagent.agent.rollups;

import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Finds and reads files of rollups. Stateless. */
public final class RollupFiles {
  /** The folder of rollups within the agent's folder. */
  public static final String FOLDER = "rollups";

  private RollupFiles() {}

  /** Is given each rollup that is read. */
  public interface Consumer {
    /** Takes a rollup, which may be changed. */
    void rollup(RollupKey key, Rollup rollup);

    /** A line cannot be used, because a later version of the agent has written it. */
    default void laterVersion() {
      // Most consumers have nobody to tell.
    }
  }

  /**
   * Returns the files of rollups in a folder, in the order of their names: those in {@code rollups}
   * below it, as the agent's folder has them, or else those in the folder itself. Links are
   * followed.
   */
  public static List<Path> in(Path folder) throws IOException {
    Path below = folder.resolve(FOLDER);
    try (Stream<Path> files = Files.list(Files.isDirectory(below) ? below : folder)) {
      return files.filter(RollupFiles::isRollupFile).filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isRollupFile(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".jsonl") || name.endsWith(".json")) && !name.startsWith(".");
  }

  /**
   * Reads one file in one pass, line by line.
   *
   * @param progress is told how many bytes of the file have been read
   * @return the lines that are no rollups
   */
  public static SkippedLines read(
      InputStream in, HourRange range, Consumer consumer, LongConsumer progress)
      throws IOException {
    RollupParser parser = new RollupParser();
    return JsonLines.read(
        in,
        (bytes, begin, end) -> {
          RollupParser.Line line = parser.parse(bytes, begin, end);
          if (line != null && range.contains(line.key().hour())) {
            consumer.rollup(line.key(), line.rollup());
          } else if (line == null && parser.isLaterVersion()) {
            consumer.laterVersion();
          }
          return line != null;
        },
        progress);
  }
}
