package io.metricsagent.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing array of bytes; subclasses define what they write into it. Used by one thread. */
public class Bytes {
  /** The array, of which the first {@link #size} bytes are in use. */
  protected byte[] bytes = new byte[4096];

  /** How many bytes are in use. */
  protected int size;

  /** Makes an empty array. */
  protected Bytes() {}

  /** Returns how many bytes there are. */
  public final int size() {
    return size;
  }

  /** Adds a byte. */
  public final void add(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  /** Adds bytes. */
  public final void add(byte[] values) {
    reserve(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  /** Makes room for {@code more} bytes. */
  protected final void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Returns a copy of the bytes. */
  public final byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns a copy of the bytes and removes them. */
  public final byte[] drain() {
    byte[] all = toByteArray();
    size = 0;
    return all;
  }

  /** Writes all bytes to a stream and removes them. */
  public final void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }
}
