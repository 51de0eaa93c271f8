package io.metricsagent.exporters.prometheus;

import io.metricsagent.exporters.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages of Protocol Buffers, field by field. A message within a message is written in
 * place, after one byte for its length. Few messages need a longer length, for which they are
 * moved. Used by one thread.
 */
final class ProtobufMessage extends Bytes {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int MAX_VARINT = 10;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  ProtobufMessage text(int field, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    varint(field << 3 | LENGTH_DELIMITED);
    varint(text.length);
    add(text);
    return this;
  }

  /** Begins a message that is a field, and returns the argument for {@link #end}. */
  int begin(int field) {
    varint(field << 3 | LENGTH_DELIMITED);
    return beginDelimited();
  }

  /** Begins a message that is no field but is also preceded by its length. */
  int beginDelimited() {
    add((byte) 0);
    return size;
  }

  /** Ends the message that began at {@code start}. */
  void end(int start) {
    int end = size;
    int length = end - start;
    int more = 0;
    for (int left = length >>> 7; left != 0; left >>>= 7) {
      more++;
    }
    if (more > 0) {
      reserve(more);
      System.arraycopy(bytes, start, bytes, start + more, length);
    }
    size = start - 1;
    varint(length);
    size = end + more;
  }

  /** Writes an {@code int64}, {@code uint64} or an enum. */
  ProtobufMessage number(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
    return this;
  }

  /**
   * Writes a {@code sint32} or {@code sint64}, a form in which small negative numbers are short.
   */
  ProtobufMessage signed(int field, long value) {
    return number(field, value << 1 ^ value >> 63);
  }

  ProtobufMessage real(int field, double value) {
    varint(field << 3 | FIXED64);
    reserve(Double.BYTES);
    LITTLE_ENDIAN.set(bytes, size, Double.doubleToRawLongBits(value));
    size += Double.BYTES;
    return this;
  }

  private void varint(long value) {
    reserve(MAX_VARINT);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left & 0x7F | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }
}
