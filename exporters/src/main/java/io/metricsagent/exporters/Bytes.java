package io.metricsagent.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow while they are written; subclasses say what is in them. Used by one thread. */
public class Bytes {
  /** The first {@link #size} of these. */
  protected byte[] bytes = new byte[4096];

  /** How many there are. */
  protected int size;

  /** Begins with none. */
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

  /** Makes room for so many bytes more. */
  protected final void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Returns a copy. */
  public final byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns a copy and begins anew. */
  public final byte[] drain() {
    byte[] all = toByteArray();
    size = 0;
    return all;
  }

  /** Writes all bytes and begins anew. */
  public final void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }
}
