package io.metricsagent.agent.runs;

import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.agent.files.LineFile;
import io.metricsagent.agent.files.OwnerFiles;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventKind;
import java.io.File;
import java.io.IOException;

/**
 * Writes one line for each run that has ended to the file of runs. Several processes may write to
 * one file, which may be moved or deleted at any time ({@link LineFile}).
 *
 * <p>Uses no NIO file systems, because the first run may end before the application has configured
 * them. Used by one thread.
 */
public final class RunFile implements EventConsumer {
  private final File file;
  private final String id;
  private boolean told;
  private long lost;

  /** Makes a writer; the file and its folders are made for the first line. */
  public RunFile(File file) {
    this(file, null);
  }

  /**
   * Makes a writer of runs that have all the same id.
   *
   * @param id {@code null} to write each run's own id
   */
  public RunFile(File file, String id) {
    this.file = file.getAbsoluteFile();
    this.id = id;
  }

  @Override
  public Interest interest() {
    return Interest.RUNS;
  }

  @Override
  public void accept(CallEvent event) {
    if (event.kind() == EventKind.RUN_ENDED) {
      write(RunLine.of(event, id));
    }
  }

  private void write(byte[] line) {
    try {
      if (!file.exists()) {
        OwnerFiles.make(file);
      }
      LineFile.append(file, line);
      told = false;
    } catch (IOException | SecurityException e) {
      lost++;
      if (!told) {
        told = true;
        AgentLog.warn(
            file
                + ": runs cannot be written: "
                + e.getMessage()
                + "; make the file writable, or set "
                + AgentSettings.RUNS_PATH.key()
                + " to another file");
      }
    }
  }

  @Override
  public void tick(long epochMillis) {
    // Lines are written at once.
  }

  @Override
  public void close() {
    if (lost > 0) {
      AgentLog.warn(file + ": " + Counts.of(lost, "run") + " could not be written");
    }
  }
}
