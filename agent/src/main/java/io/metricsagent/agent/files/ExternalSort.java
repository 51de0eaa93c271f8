package io.metricsagent.agent.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts records that may take more room than the memory has. Records with equal keys stay in the
 * order in which they were added. Not thread-safe.
 *
 * <p>Records are kept in memory up to a limit. Then they are sorted and written to a temporary file
 * that only the user may read, and a reader merges all files. As soon as {@value #FAN_IN} files are
 * of the same size class, they are merged into one of the next class, so the number of open files
 * grows with the logarithm of the number of records. Closing the sort deletes its files, and so
 * does the end of the JVM, unless it is killed.
 */
public final class ExternalSort implements Closeable {
  /**
   * A record.
   *
   * @param key compared byte by byte, without signs; a shorter one is before its continuations
   */
  public record Entry(byte[] key, byte[] value) {}

  static final int FAN_IN = 16;

  /** What a record takes in memory besides its bytes. */
  private static final int OVERHEAD = 96;

  /** More memory than that makes the sort no faster. */
  private static final long MAX_LIMIT = 64 << 20;

  /** How many sorts may be in use at a time, besides what else is in memory. */
  private static final int SHARES = 8;

  private static final Comparator<Entry> ORDER =
      (first, second) -> Arrays.compareUnsigned(first.key, second.key);

  private record Run(Path file, long records) {}

  private final long limit;
  private final List<Entry> entries = new ArrayList<>();
  private long bytes;
  private boolean sorted = true;

  /** The files of each size class, the smallest class first, and within it the oldest file. */
  private final List<List<Run>> classes = new ArrayList<>();

  private Path folder;

  /** Makes a sort that keeps a part of this JVM's memory. */
  public ExternalSort() {
    this(Math.min(MAX_LIMIT, Runtime.getRuntime().maxMemory() / SHARES));
  }

  /**
   * Makes a sort.
   *
   * @param limit how much memory the records may take, in bytes
   */
  public ExternalSort(long limit) {
    this.limit = limit;
  }

  /**
   * Adds a record; its arrays must not be changed any more.
   *
   * @throws IOException if a temporary file cannot be written
   */
  public void add(byte[] key, byte[] value) throws IOException {
    entries.add(new Entry(key, value));
    sorted = false;
    bytes += key.length + value.length + OVERHEAD;
    if (bytes > limit) {
      spill();
    }
  }

  private void spill() throws IOException {
    sort();
    add(0, written(new InMemory(entries)));
    entries.clear();
    bytes = 0;
  }

  private void add(int sizeClass, Run run) throws IOException {
    if (sizeClass == classes.size()) {
      classes.add(new ArrayList<>());
    }
    List<Run> runs = classes.get(sizeClass);
    runs.add(run);
    if (runs.size() == FAN_IN) {
      Run merged;
      try (Merge merge = new Merge()) {
        for (Run one : runs) {
          merge.add(new InFile(one));
        }
        merged = written(merge);
      }
      for (Run one : runs) {
        Files.delete(one.file);
      }
      runs.clear();
      add(sizeClass + 1, merged);
    }
  }

  private void sort() {
    if (!sorted) {
      entries.sort(ORDER);
      sorted = true;
    }
  }

  private Run written(Cursor records) throws IOException {
    Path file = null;
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("metrics-agent-sort-");
        folder.toFile().deleteOnExit();
      }
      file = Files.createTempFile(folder, "", ".run");
      file.toFile().deleteOnExit();
      return new Run(file, write(records, file));
    } catch (IOException e) {
      if (file != null) {
        Files.deleteIfExists(file);
      }
      throw new IOException(
          "temporary files in "
              + System.getProperty("java.io.tmpdir")
              + " cannot be written ("
              + e.getMessage()
              + "); java -Djava.io.tmpdir=FOLDER chooses another folder",
          e);
    }
  }

  private static long write(Cursor records, Path file) throws IOException {
    long count = 0;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Entry entry = records.next(); entry != null; entry = records.next()) {
        out.writeInt(entry.key.length);
        out.writeInt(entry.value.length);
        out.write(entry.key);
        out.write(entry.value);
        count++;
      }
    }
    return count;
  }

  /** Returns whether temporary files exist. */
  boolean isSpilled() {
    return folder != null;
  }

  /** Begins to read all records in order. Nothing may be added until the cursor is closed. */
  public Cursor read() throws IOException {
    sort();
    if (classes.isEmpty()) {
      return new InMemory(entries);
    }
    Merge merge = new Merge();
    try {
      for (int sizeClass = classes.size() - 1; sizeClass >= 0; sizeClass--) {
        for (Run run : classes.get(sizeClass)) {
          merge.add(new InFile(run));
        }
      }
      merge.add(new InMemory(entries));
      return merge;
    } catch (IOException e) {
      merge.close();
      throw e;
    }
  }

  /** Forgets all records and deletes the temporary files. */
  @Override
  public void close() throws IOException {
    entries.clear();
    bytes = 0;
    for (List<Run> runs : classes) {
      for (Run run : runs) {
        Files.deleteIfExists(run.file);
      }
    }
    classes.clear();
    if (folder != null) {
      Files.deleteIfExists(folder);
      folder = null;
    }
  }

  /** Reads records in order. Not thread-safe. */
  public interface Cursor extends Closeable {
    /** Returns the next record, or {@code null} behind the last one. */
    Entry next() throws IOException;
  }

  private static final class InMemory implements Cursor {
    private final List<Entry> entries;
    private int next;

    InMemory(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public Entry next() {
      return next == entries.size() ? null : entries.get(next++);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static final class InFile implements Cursor {
    private final DataInputStream in;
    private long left;

    InFile(Run run) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run.file)));
      left = run.records;
    }

    @Override
    public Entry next() throws IOException {
      if (left == 0) {
        return null;
      }
      left--;
      byte[] key = new byte[in.readInt()];
      byte[] value = new byte[in.readInt()];
      in.readFully(key);
      in.readFully(value);
      return new Entry(key, value);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Of equal records, those of the cursor that was added first come first. */
  private static final class Merge implements Cursor {
    private record Head(Entry entry, int place, Cursor cursor) {}

    private final List<Cursor> cursors = new ArrayList<>();
    private final PriorityQueue<Head> heads =
        new PriorityQueue<>(Comparator.comparing(Head::entry, ORDER).thenComparingInt(Head::place));

    void add(Cursor cursor) throws IOException {
      cursors.add(cursor);
      advance(cursor, cursors.size());
    }

    private void advance(Cursor cursor, int place) throws IOException {
      Entry entry = cursor.next();
      if (entry != null) {
        heads.add(new Head(entry, place, cursor));
      }
    }

    @Override
    public Entry next() throws IOException {
      Head head = heads.poll();
      if (head == null) {
        return null;
      }
      advance(head.cursor, head.place);
      return head.entry;
    }

    @Override
    public void close() throws IOException {
      for (Cursor cursor : cursors) {
        cursor.close();
      }
    }
  }
}
