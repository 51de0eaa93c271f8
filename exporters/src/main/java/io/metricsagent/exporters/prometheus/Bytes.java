package io.metricsagent.exporters.prometheus;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow while an answer is written; subclasses say what is in them. One thread's. */
class Bytes {
  byte[] bytes = new byte[4096];
  int size;

  final int size() {
    return size;
  }

  final void add(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  final void add(byte[] values) {
    reserve(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  /** Makes room for so many bytes more. */
  final void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  final byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes all bytes and begins anew. */
  final void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }
}
