package io.metricsagent.bootstrap.start;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Files of the agent's own side, together in one entry of its jar.
 *
 * <p>The JDK reads the directory of a jar on the boot class path when an application first looks
 * for a resource that is not there, and with 4,000 entries that takes 15 to 25 ms of its start.
 * With the agent's side in two entries there are few.
 *
 * <p>The entry's bytes are the length of a list (4 bytes, as all numbers big-endian), the list,
 * which has for each file its name in modified UTF-8, its length deflated and its length (4 bytes
 * each), and then the files, each deflated by itself without a header (RFC 1951). Thread-safe.
 */
public final class Bundle {
  /** The entry with what weaving the first class takes. Only stored entries may be before it. */
  public static final String START = "inst/start.bundle";

  /** The entry with everything else, which waits for the first export. */
  public static final String REST = "inst/rest.bundle";

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_BYTES = 30;

  private record Slice(long offset, int deflated, int length) {}

  private final RandomAccessFile file;
  private final Map<String, Slice> slices;

  private Bundle(RandomAccessFile file, Map<String, Slice> slices) {
    this.file = file;
    this.slices = slices;
  }

  /**
   * Opens a bundle of a jar, which stays open.
   *
   * @throws IOException if it cannot be read, or somebody else packed the jar again
   */
  static Bundle open(File jar, String entry) throws IOException {
    RandomAccessFile file = new RandomAccessFile(jar, "r");
    try {
      file.seek(find(file, entry));
      byte[] list = new byte[file.readInt()];
      file.readFully(list);
      return new Bundle(file, slices(list, file.getFilePointer()));
    } catch (IOException e) {
      file.close();
      throw new IOException(
          "there is no " + entry + " in " + jar + ": use the jar as it was built, not packed again",
          e);
    }
  }

  /** Walks over the local headers; see section 4.3.7 of PKWARE's APPNOTE. */
  private static long find(RandomAccessFile file, String entry) throws IOException {
    byte[] header = new byte[LOCAL_HEADER_BYTES];
    for (long at = 0; ; ) {
      file.seek(at);
      file.readFully(header);
      boolean stored = (little(header, 6, 2) & 8) == 0 && little(header, 8, 2) == 0;
      if (little(header, 0, 4) != LOCAL_HEADER || !stored) {
        throw new IOException("another entry is there at " + at);
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

  private static Map<String, Slice> slices(byte[] list, long begin) throws IOException {
    Map<String, Slice> slices = new HashMap<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(list));
    for (long offset = begin; in.available() > 0; ) {
      String name = in.readUTF();
      Slice slice = new Slice(offset, in.readInt(), in.readInt());
      slices.put(name, slice);
      offset += slice.deflated;
    }
    return slices;
  }

  /** Returns whether there is a file of this name. */
  boolean contains(String name) {
    return slices.containsKey(name);
  }

  /** Returns a file, or {@code null} if there is none of this name. */
  byte[] read(String name) throws IOException {
    Slice slice = slices.get(name);
    if (slice == null) {
      return null;
    }
    byte[] deflated = new byte[slice.deflated];
    synchronized (file) {
      file.seek(slice.offset);
      file.readFully(deflated);
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[slice.length];
      for (int at = 0; at < bytes.length; ) {
        int more = inflater.inflate(bytes, at, bytes.length - at);
        if (more == 0) {
          throw new IOException(name + " is cut off");
        }
        at += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException(name + " is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
