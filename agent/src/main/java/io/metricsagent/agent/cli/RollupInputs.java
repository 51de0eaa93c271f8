package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.HourRange;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupFiles;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** The files and folders of rollups that a user names. Each file is read once. */
final class RollupInputs {
  private final List<Path> paths;
  private final PrintWriter err;

  RollupInputs(List<Path> paths, PrintWriter err) {
    this.paths = paths;
    this.err = err;
  }

  /**
   * Reads all files.
   *
   * @param terminal where the progress is shown, or {@code null} for nowhere
   * @return how many lines could not be used
   */
  long read(HourRange range, RollupFiles.Consumer consumer, PrintWriter terminal)
      throws CliException {
    Set<Path> seen = new LinkedHashSet<>();
    long unusable = 0;
    for (Path path : paths) {
      for (Path file : files(path)) {
        if (seen.add(identity(file))) {
          Watched watched = new Watched(consumer);
          SkippedLines skipped = read(file, range, watched, terminal);
          SkipNotice.print(err, file, skipped, "rollup");
          if (watched.later) {
            err.println(
                AgentLog.printable(
                    file
                        + ": written in part by a later version of the agent; use the command of"
                        + " its jar"));
          }
          unusable += skipped.count();
        }
      }
    }
    return unusable;
  }

  /** Notes whether a later version of the agent has written a file. */
  private static final class Watched implements RollupFiles.Consumer {
    private final RollupFiles.Consumer consumer;
    private boolean later;

    Watched(RollupFiles.Consumer consumer) {
      this.consumer = consumer;
    }

    @Override
    public void rollup(RollupKey key, Rollup rollup) {
      consumer.rollup(key, rollup);
    }

    @Override
    public void laterVersion() {
      later = true;
    }
  }

  private static List<Path> files(Path path) throws CliException {
    if (Inputs.exists(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw CliException.usage(path + ": no such file or folder; give a file of rollups");
    }
    try {
      List<Path> files = RollupFiles.in(path);
      if (files.isEmpty()) {
        throw CliException.usage(
            path
                + ": no rollups in it, nor in "
                + path.resolve(RollupFiles.FOLDER)
                + "; an agent with "
                + AgentSettings.ROLLUPS_ENABLED.key()
                + "=true writes them");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw Inputs.notListed(path, e);
    }
  }

  private static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // standard input, or a file that is gone, which the reading tells
    }
  }

  private static SkippedLines read(
      Path file, HourRange range, RollupFiles.Consumer consumer, PrintWriter terminal)
      throws CliException {
    ReadProgress progress = terminal == null ? null : new ReadProgress(terminal);
    LongConsumer shown = progress == null ? bytes -> {} : progress;
    try (InputStream in = Inputs.open(file)) {
      return RollupFiles.read(in, range, consumer, shown);
    } catch (IOException e) {
      throw CliException.failed(file + ": cannot be read: " + Inputs.reason(file, e), e);
    } finally {
      if (progress != null) {
        progress.clear();
      }
    }
  }
}
