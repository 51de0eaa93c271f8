package io.metricsagent.agent.live;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Notices that files have changed: that they were written, replaced by another file of the same
 * name, reached by another symbolic link, created or deleted. Not thread-safe.
 *
 * <p>A change counts once two looks in a row have found the same, since a file may be half-written
 * at the first.
 */
public final class WatchedFiles {
  private final List<File> files;
  private final LongSupplier clock;

  /** How the files were when they were read last. */
  private List<FileStamp> read;

  /** How the files were at the last look. */
  private List<FileStamp> seen;

  /**
   * Looks at files for the first time; what they contain is read after that.
   *
   * @param clock the time in milliseconds of the epoch
   */
  public WatchedFiles(List<File> files, LongSupplier clock) {
    this.files = List.copyOf(files);
    this.clock = clock;
    seen = stamps();
    read = seen;
  }

  private List<FileStamp> stamps() {
    long now = clock.getAsLong();
    List<FileStamp> stamps = new ArrayList<>();
    for (File file : files) {
      stamps.add(FileStamp.of(file, now));
    }
    return stamps;
  }

  /** Returns whether there are no files. */
  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Returns whether there is one file. */
  boolean isOne() {
    return files.size() == 1;
  }

  /**
   * Looks at the files.
   *
   * @return those that have changed and are to be read now; empty if there are none, or if a file
   *     is still being changed
   */
  List<File> look() {
    List<FileStamp> now = stamps();
    boolean settled = isSame(now, seen);
    seen = now;
    return settled ? changed() : List.of();
  }

  /** Returns whether the last look has found a change that may go on. */
  boolean isChanging() {
    return !isSame(seen, read);
  }

  /** Says that the files are read next, as they were at the last look. */
  void willRead() {
    read = seen;
  }

  /** Says that the files have to be read once more, even if they stay as they are. */
  void mustReadAgain() {
    read = Collections.nCopies(files.size(), FileStamp.NONE);
  }

  /** Returns which files are missing or empty. */
  List<File> empty() {
    List<File> empty = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (seen.get(i).isEmpty()) {
        empty.add(files.get(i));
      }
    }
    return empty;
  }

  private List<File> changed() {
    List<File> changed = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (!seen.get(i).isSame(read.get(i))) {
        changed.add(files.get(i));
      }
    }
    return changed;
  }

  private static boolean isSame(List<FileStamp> a, List<FileStamp> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).isSame(b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
