package io.metricsagent.exporters.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A message of Protocol Buffers while it is written, field by field. Used by one thread. */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ProtobufMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufMessage message(int field, ProtobufMessage value) {
    return bytes(field, value.bytes.toByteArray());
  }

  private ProtobufMessage bytes(int field, byte[] value) {
    varint(field << 3 | LENGTH_DELIMITED);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** Writes an {@code int64}, {@code uint64} or an enum. */
  ProtobufMessage number(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
    return this;
  }

  /** Writes a {@code sint32} or {@code sint64}, in which small negative numbers are short. */
  ProtobufMessage signed(int field, long value) {
    return number(field, value << 1 ^ value >> 63);
  }

  ProtobufMessage real(int field, double value) {
    varint(field << 3 | FIXED64);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes.write((int) (bits >>> shift));
    }
    return this;
  }

  private void varint(long value) {
    varint(value, bytes);
  }

  private static void varint(long value, ByteArrayOutputStream out) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /** Writes the message after its length. */
  void writeDelimited(OutputStream out) throws IOException {
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    varint(bytes.size(), length);
    length.writeTo(out);
    bytes.writeTo(out);
  }
}
