package io.metricsagent.bootstrap.loading;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Many files of the agent in one entry of its jar.
 *
 * <p>The JDK reads the directory of the jar to find the entry class. That delays the start if the
 * jar has thousands of entries; with nearly all of the agent in three bundles, the jar has few
 * entries. During the start, bundles are read by code that is not compiled yet, so a bundle decodes
 * only what is needed: it does not read names into a list, and the files that the start needs are
 * not deflated. A class is in a bundle under its binary name, by which the JVM asks for it, so that
 * no name has to be rewritten.
 *
 * <p>The entry consists of the number of files, a table, and the files. All numbers have 4 bytes,
 * big-endian. The table has a row for each file, sorted by the hash code of its name ({@link
 * #nameOf}, {@link String#hashCode}):
 *
 * <ol>
 *   <li>the hash code
 *   <li>where the file begins, counted from the end of the table
 *   <li>the length in bytes of its name in UTF-8; the name comes before the file's bytes
 *   <li>the number of its bytes in the entry
 *   <li>the number of its bytes when inflated; if the two numbers differ, the bytes are deflated,
 *       without a header (RFC 1951)
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class Bundle {
  /**
   * The entry with {@code io.metricsagent.bootstrap}, which each start needs. All entries before a
   * bundle must be stored, not deflated.
   */
  public static final String LAUNCHER = "inst/launcher.bundle";

  /** The entry with everything that weaving the first class needs. */
  public static final String START = "inst/start.bundle";

  /** The entry with everything else, which is not needed before the first export. */
  public static final String REST = "inst/rest.bundle";

  /** Numbers in a row of the table. */
  public static final int COLUMNS = 5;

  private static final int NUMBER_BYTES = 4;
  private static final int BEGIN = 1;
  private static final int NAME_LENGTH = 2;
  private static final int STORED_LENGTH = 3;
  private static final int LENGTH = 4;

  private static final String CLASS = ".class";
  private static final String COMMENT = ".package-info";

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_BYTES = 30;

  private final RandomAccessFile file;
  private final int[] table;
  private final long files;

  private Bundle(RandomAccessFile file, int[] table, long files) {
    this.file = file;
    this.table = table;
    this.files = files;
  }

  /**
   * Opens a bundle of a jar, which stays open.
   *
   * @throws IOException if the entry cannot be read, or the jar was packed again by another tool
   */
  static Bundle open(File jar, String entry) throws IOException {
    RandomAccessFile file = new RandomAccessFile(jar, "r");
    try {
      file.seek(find(file, entry));
      int[] table = new int[COLUMNS * file.readInt()];
      byte[] bytes = new byte[NUMBER_BYTES * table.length];
      file.readFully(bytes);
      ByteBuffer.wrap(bytes).asIntBuffer().get(table);
      return new Bundle(file, table, file.getFilePointer());
    } catch (IOException e) {
      file.close();
      throw new IOException(
          "there is no " + entry + " in " + jar + ": use the jar as it was built, not packed again",
          e);
    }
  }

  /** Finds the bytes of an entry by its local header; see section 4.3.7 of PKWARE's APPNOTE. */
  private static long find(RandomAccessFile file, String entry) throws IOException {
    byte[] header = new byte[LOCAL_HEADER_BYTES];
    for (long at = 0; ; ) {
      file.seek(at);
      file.readFully(header);
      boolean stored = (little(header, 6, 2) & 8) == 0 && little(header, 8, 2) == 0;
      if (little(header, 0, 4) != LOCAL_HEADER || !stored) {
        throw new IOException("no stored entry of the jar begins at byte " + at);
      }
      byte[] name = new byte[little(header, 26, 2)];
      file.readFully(name);
      long data = at + LOCAL_HEADER_BYTES + name.length + little(header, 28, 2);
      if (entry.equals(new String(name, StandardCharsets.UTF_8))) {
        return data;
      }
      at = data + little(header, 18, 4);
    }
  }

  private static int little(byte[] bytes, int offset, int length) {
    int value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | bytes[offset + i] & 0xff;
    }
    return value;
  }

  /** Returns whether there is a file of this name. */
  boolean contains(String name) throws IOException {
    return read(name) != null;
  }

  /**
   * Returns the name of a file in a bundle: that of its class, such as {@code java.lang.Object}, or
   * the path of another file.
   */
  public static String nameOf(String file) {
    return file.endsWith(CLASS)
        ? file.substring(0, file.length() - CLASS.length()).replace('/', '.')
        : file;
  }

  /** Returns a file, or {@code null} if there is none at this path. */
  byte[] read(String path) throws IOException {
    ByteBuffer found = find(nameOf(path));
    if (found == null) {
      return null;
    }
    byte[] bytes = new byte[found.remaining()];
    found.get(bytes);
    return bytes;
  }

  /**
   * Returns a file, or {@code null} if there is none of this name.
   *
   * @param name as {@link #nameOf} returns it
   * @return a buffer in an array that nobody else has
   */
  ByteBuffer find(String name) throws IOException {
    int hash = name.hashCode();
    for (int row = first(hash); row < table.length && table[row] == hash; row += COLUMNS) {
      int begin = table[row + NAME_LENGTH];
      int end = begin + table[row + STORED_LENGTH];
      byte[] named = read(table[row + BEGIN], end); // name and file at once, which is faster
      // Texts are compared, not arrays: the JVM has compiled String.equals by now.
      if (name.equals(new String(named, 0, begin, StandardCharsets.UTF_8))) {
        int length = table[row + LENGTH];
        return end - begin == length
            ? ByteBuffer.wrap(named, begin, length)
            : ByteBuffer.wrap(inflate(name, named, begin, length));
      }
    }
    return null;
  }

  /**
   * Has a loader load and link classes of this bundle, without initialising them. Only for a run in
   * which the JVM writes an archive of classes, because it takes as long as a start of the whole
   * agent. A class that cannot be linked is left out.
   *
   * @param loader the loader that reads this bundle
   * @param packages what the names of the classes begin with
   * @return how many classes the loader has linked
   */
  int linkClasses(ClassLoader loader, List<String> packages) throws IOException {
    int linked = 0;
    for (int row = 0; row < table.length; row += COLUMNS) {
      byte[] bytes = read(table[row + BEGIN], table[row + NAME_LENGTH]);
      String name = new String(bytes, StandardCharsets.UTF_8);
      boolean isClass = name.indexOf('/') < 0 && !name.endsWith(COMMENT);
      linked += isClass && isInOneOf(packages, name) && link(loader, name) ? 1 : 0;
    }
    return linked;
  }

  private static boolean isInOneOf(List<String> packages, String name) {
    for (String begin : packages) {
      if (name.startsWith(begin)) {
        return true;
      }
    }
    return false;
  }

  private static boolean link(ClassLoader loader, String name) {
    try {
      // The JVM links a class before it lists members. AppCDS does not store classes that are not
      // linked, and prints a warning for each. Constructors name fewer other classes than methods.
      Class<?> type = Class.forName(name, false, loader);
      Object[] members =
          type.isInterface() ? type.getDeclaredFields() : type.getDeclaredConstructors();
      return members != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // it needs a module that is not here, or a class that is defined for woven code
    }
  }

  /** Returns where the first row begins whose hash code is this one or a greater one. */
  private int first(int hash) {
    int low = 0;
    int high = table.length / COLUMNS;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (table[middle * COLUMNS] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low * COLUMNS;
  }

  private byte[] read(long begin, int length) throws IOException {
    byte[] bytes = new byte[length];
    synchronized (file) {
      file.seek(files + begin);
      file.readFully(bytes);
    }
    return bytes;
  }

  private static byte[] inflate(String name, byte[] named, int begin, int length)
      throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(named, begin, named.length - begin);
      byte[] bytes = new byte[length];
      for (int at = 0; at < bytes.length; ) {
        int more = inflater.inflate(bytes, at, bytes.length - at);
        if (more == 0) {
          throw new IOException(name + " in the agent's jar is cut off: copy the jar again");
        }
        at += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException(name + " in the agent's jar is damaged: copy the jar again", e);
    } finally {
      inflater.end();
    }
  }
}
