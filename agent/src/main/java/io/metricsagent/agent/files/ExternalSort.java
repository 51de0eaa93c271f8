package io.metricsagent.agent.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
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

  static final int FAN_IN = 64;

  /**
   * How much memory the records of a sort take, in bytes. Up to 32 MB, more would not make it
   * faster, because lines of 2 GB would be merged twice all the same.
   */
  private static final long LIMIT = 2 << 20;

  private record Run(Path file, long records) {}

  private final long limit;
  private SortBuffer buffer = new SortBuffer();

  /** The files of each size class, the smallest class first, and within it the oldest file. */
  private final List<List<Run>> classes = new ArrayList<>();

  private Path folder;

  /** Makes a sort. */
  public ExternalSort() {
    this(LIMIT);
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
   * Adds a record. The arrays may be changed afterwards.
   *
   * @throws IOException if a temporary file cannot be written
   */
  public void add(byte[] key, byte[] value) throws IOException {
    buffer.add(key, value);
    if (buffer.bytes() > limit) {
      spill();
    }
  }

  private void spill() throws IOException {
    add(0, written(buffer.read()));
    buffer.clear();
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

  /** Returns how much memory the arrays of records take, in bytes. */
  long allocated() {
    return buffer.allocated();
  }

  /** Returns whether temporary files exist. */
  boolean isSpilled() {
    return folder != null;
  }

  /** Begins to read all records in order. Nothing may be added until the cursor is closed. */
  public Cursor read() throws IOException {
    if (classes.isEmpty()) {
      return buffer.read();
    }
    Merge merge = new Merge();
    try {
      for (int sizeClass = classes.size() - 1; sizeClass >= 0; sizeClass--) {
        for (Run run : classes.get(sizeClass)) {
          merge.add(new InFile(run));
        }
      }
      merge.add(buffer.read());
      return merge;
    } catch (IOException e) {
      merge.close();
      throw e;
    }
  }

  /** Forgets all records and deletes the temporary files. */
  @Override
  public void close() throws IOException {
    buffer = new SortBuffer();
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

  /**
   * Tells the key of a record before its value, so a merge holds one value at a time, however many
   * files it reads.
   */
  interface Source extends Cursor {
    /** Goes on to the next record and returns its key, or {@code null} behind the last one. */
    byte[] key() throws IOException;

    /** Returns the value of this record; may be called once for each. */
    byte[] value() throws IOException;

    @Override
    default Entry next() throws IOException {
      byte[] key = key();
      return key == null ? null : new Entry(key, value());
    }
  }

  private static final class InFile implements Source {
    private final DataInputStream in;
    private long left;
    private int valueLength;

    InFile(Run run) throws IOException {
      // The streams of Files keep the last array that they have filled: the value of a record.
      in = new DataInputStream(new BufferedInputStream(new FileInputStream(run.file.toFile())));
      left = run.records;
    }

    @Override
    public byte[] key() throws IOException {
      if (left == 0) {
        return null;
      }
      left--;
      byte[] key = new byte[in.readInt()];
      valueLength = in.readInt();
      in.readFully(key);
      return key;
    }

    @Override
    public byte[] value() throws IOException {
      byte[] value = new byte[valueLength];
      in.readFully(value);
      return value;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Of equal records, those of the source that was added first come first. */
  private static final class Merge implements Cursor {
    private record Head(byte[] key, int place, Source source) {}

    private static final Comparator<Head> ORDER =
        Comparator.comparing(Head::key, Arrays::compareUnsigned).thenComparingInt(Head::place);

    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(ORDER);

    void add(Source source) throws IOException {
      sources.add(source);
      advance(source, sources.size());
    }

    private void advance(Source source, int place) throws IOException {
      byte[] key = source.key();
      if (key != null) {
        heads.add(new Head(key, place, source));
      }
    }

    @Override
    public Entry next() throws IOException {
      Head head = heads.poll();
      if (head == null) {
        return null;
      }
      Entry entry = new Entry(head.key, head.source.value());
      advance(head.source, head.place);
      return entry;
    }

    @Override
    public void close() throws IOException {
      for (Source source : sources) {
        source.close();
      }
    }
  }
}
