package io.metricsagent.agent.runs;

import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventKind;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Writes one line for each run that has ended to the file of runs.
 *
 * <p>Several processes may write to one file. Each line is one write to a file that was opened for
 * appending, and the system places such a write behind all others as a whole. The file is opened
 * for each line, so it may be moved or deleted at any time.
 *
 * <p>Uses no NIO file systems, because the first run may end before the application has configured
 * them. Used by one thread.
 */
public final class RunFile implements EventConsumer {
  private final File file;
  private boolean ready;
  private boolean torn;
  private boolean told;
  private long lost;

  /** Makes a writer; the file and its folders are made for the first line. */
  public RunFile(File file) {
    this.file = file.getAbsoluteFile();
  }

  @Override
  public Interest interest() {
    return Interest.RUNS;
  }

  @Override
  public void accept(CallEvent event) {
    if (event.kind() == EventKind.RUN_ENDED) {
      write(RunLine.of(event));
    }
  }

  private void write(byte[] line) {
    try {
      if (!ready || !file.exists()) {
        prepare();
        ready = true;
      }
      append(line);
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

  /**
   * Makes the file for its owner only, and looks whether its last line is whole: a full disk may
   * have cut a line off.
   */
  private void prepare() throws IOException {
    makeFolder(file.getParentFile());
    if (file.createNewFile()) {
      forOwner(file, false);
    } else if (file.isFile() && file.length() > 0) {
      try (RandomAccessFile existing = new RandomAccessFile(file, "r")) {
        existing.seek(existing.length() - 1);
        torn = existing.read() != '\n';
      }
    }
  }

  private static void makeFolder(File folder) throws IOException {
    if (folder == null || folder.isDirectory()) {
      return;
    }
    makeFolder(folder.getParentFile());
    if (folder.mkdir()) {
      forOwner(folder, true);
    } else if (!folder.isDirectory()) { // another process may have made it meanwhile
      throw new IOException("the folder " + folder + " cannot be made");
    }
  }

  private static void forOwner(File made, boolean folder) {
    made.setReadable(false, false);
    made.setWritable(false, false);
    made.setExecutable(false, false);
    made.setReadable(true, true);
    made.setWritable(true, true);
    if (folder) {
      made.setExecutable(true, true);
    }
  }

  /** Writes a line with one call of the system. */
  private void append(byte[] line) throws IOException {
    byte[] whole = torn ? behindTorn(line) : line;
    boolean written = false;
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      out.write(whole);
      written = true;
    } finally {
      torn = !written;
    }
  }

  /** Returns the line behind a line feed, which ends a line that was cut off. */
  private static byte[] behindTorn(byte[] line) {
    byte[] whole = new byte[line.length + 1];
    whole[0] = '\n';
    System.arraycopy(line, 0, whole, 1, line.length);
    return whole;
  }

  @Override
  public void tick(long epochMillis) {
    // Lines are written at once.
  }

  @Override
  public void close() {
    if (lost > 0) {
      AgentLog.warn(file + ": " + lost + " runs could not be written");
    }
  }
}
