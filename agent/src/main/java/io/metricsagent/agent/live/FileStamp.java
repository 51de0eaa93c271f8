package io.metricsagent.agent.live;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * By what a change of a file is noticed without reading it: the file that a chain of symbolic links
 * leads to, its length and its time. Immutable.
 *
 * <p>Many file systems keep times in whole seconds, so a file may change twice at the same time. A
 * file that was written just now is therefore read, too.
 *
 * @param file without symbolic links; {@code null} if it cannot be told
 * @param length in bytes; 0 if there is no file
 * @param modified in milliseconds of the epoch; 0 if there is no file
 * @param content a checksum; 0 if the file was not read
 */
record FileStamp(String file, long length, long modified, long content) {
  /** The stamp of no file. */
  static final FileStamp NONE = new FileStamp(null, -1, -1, 0);

  /** How long a file counts as written just now, in milliseconds. */
  static final long RECENT_MILLIS = 3_000;

  private static final int MAX_BYTES = 1 << 20;

  /** Returns the stamp of a file that may be missing. */
  static FileStamp of(File file, long nowMillis) {
    long modified = file.lastModified();
    String target;
    try {
      target = file.getCanonicalPath();
    } catch (IOException e) {
      target = null;
    }
    boolean recent = modified > nowMillis - RECENT_MILLIS;
    return new FileStamp(target, file.length(), modified, recent ? checksum(file) : 0);
  }

  private static long checksum(File file) {
    CRC32 sum = new CRC32();
    try (InputStream in = new FileInputStream(file)) {
      sum.update(in.readNBytes(MAX_BYTES));
    } catch (IOException e) {
      return 0; // it will be told when the file is read
    }
    return sum.getValue();
  }

  /** Returns whether a file is missing or empty. */
  boolean isEmpty() {
    return length == 0;
  }

  /** Returns whether a file with this stamp may be taken for one with another stamp. */
  boolean isSame(FileStamp other) {
    return length == other.length
        && modified == other.modified
        && (file == null ? other.file == null : file.equals(other.file))
        && (content == other.content || content == 0 || other.content == 0);
  }
}
