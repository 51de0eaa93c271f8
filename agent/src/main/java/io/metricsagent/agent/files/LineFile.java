package io.metricsagent.agent.files;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Appends lines to a file that several processes may write to. Stateless.
 *
 * <p>Lines are one write to a file that was opened for appending, and the system places such a
 * write behind all others as a whole. The file is opened for each write, so it may be moved or
 * deleted at any time.
 *
 * <p>A full disk may cut a write off, and so may the end of a process that is killed meanwhile, at
 * any time and whoever has written. So each write looks at the last byte, and begins a new line
 * behind a line that was cut off.
 *
 * <p>Uses no NIO file systems, because the application may not have configured them yet.
 */
public final class LineFile {
  /** How often a line without an end is looked at, one millisecond apart. */
  private static final int LOOKS = 100;

  private LineFile() {}

  /**
   * Appends lines to a file that exists.
   *
   * @param lines whole lines, each with its line feed
   */
  public static void append(File file, byte[] lines) throws IOException {
    byte[] whole = isTorn(file) ? behindTorn(lines) : lines;
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      out.write(whole);
    }
  }

  /**
   * Returns whether the last line of a file has no end. A pipe or a device has no last line.
   *
   * <p>Another process may be in the middle of its write, and be stopped there by the system for
   * some milliseconds; so the line is looked at again before it counts as cut off.
   */
  private static boolean isTorn(File file) throws IOException {
    for (int look = 1; file.isFile() && !isWhole(file); look++) {
      if (look == LOOKS) {
        return true;
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true; // at worst an empty line, which readers pass over
      }
    }
    return false;
  }

  private static boolean isWhole(File file) throws IOException {
    try (RandomAccessFile existing = new RandomAccessFile(file, "r")) {
      long length = existing.length();
      if (length == 0) {
        return true;
      }
      existing.seek(length - 1);
      return existing.read() == '\n';
    }
  }

  /** Returns the lines behind a line feed, which ends a line that was cut off. */
  private static byte[] behindTorn(byte[] lines) {
    byte[] whole = new byte[lines.length + 1];
    whole[0] = '\n';
    System.arraycopy(lines, 0, whole, 1, lines.length);
    return whole;
  }
}
