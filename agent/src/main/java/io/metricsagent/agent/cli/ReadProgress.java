package io.metricsagent.agent.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Shows on a terminal how far a large file has been read, on one line. Not thread-safe. */
final class ReadProgress implements LongConsumer {
  /** Nothing is shown before that many bytes have been read. */
  static final long QUIET = 16 << 20;

  private static final String LINE = "reading: %d MB";
  private static final int MEGABYTE = 1_000_000;

  private final PrintWriter out;
  private long shown;
  private int width;

  /**
   * Makes a progress line.
   *
   * @param out a terminal
   */
  ReadProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(long bytes) {
    if (bytes - shown < QUIET) {
      return;
    }
    shown = bytes;
    String line = String.format(LINE, bytes / MEGABYTE);
    width = line.length();
    out.print("\r" + line);
    out.flush();
  }

  /** Removes the line. */
  void clear() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }
}
