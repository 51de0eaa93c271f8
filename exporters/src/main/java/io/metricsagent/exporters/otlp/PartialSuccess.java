package io.metricsagent.exporters.otlp;

import java.nio.charset.StandardCharsets;

/**
 * Reads an {@code ExportMetricsServiceResponse} or {@code ExportLogsServiceResponse}: field 1 is
 * {@code partial_success}, with the number of rejected points or records in field 1 and a message
 * in field 2. It parses protobuf by hand, because it needs no more than these fields.
 */
final class PartialSuccess {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;

  private PartialSuccess(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.end = end;
    position = start;
  }

  /**
   * What the receiver rejected although it accepted the request.
   *
   * @param rejected how many points or records, at least 1
   * @param words what the receiver says about it, behind a colon; empty if it says nothing
   */
  record Complaint(long rejected, String words) {
    String text(Signal signal) {
      return "the receiver rejected " + rejected + " " + signal.items() + words;
    }
  }

  /** Returns what the receiver complains about, or {@code null} if it rejected nothing. */
  static Complaint complaint(byte[] response) {
    try {
      return new PartialSuccess(response, 0, response.length).response();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns whether bytes could be such a response. */
  static boolean isWellFormed(byte[] response) {
    try {
      new PartialSuccess(response, 0, response.length).response();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Complaint response() {
    Complaint complaint = null;
    while (position < end) {
      long tag = varint();
      if (tag == (1 << 3 | LENGTH_DELIMITED)) {
        int length = length();
        complaint = new PartialSuccess(bytes, position, position + length).partialSuccess();
        position += length;
      } else {
        skip(tag);
      }
    }
    return complaint;
  }

  private Complaint partialSuccess() {
    long rejected = 0;
    String words = "";
    while (position < end) {
      long tag = varint();
      if (tag == (1 << 3 | VARINT)) {
        rejected = varint();
      } else if (tag == (2 << 3 | LENGTH_DELIMITED)) {
        int length = length();
        words = ": " + new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
      } else {
        skip(tag);
      }
    }
    return rejected == 0 ? null : new Complaint(rejected, words);
  }

  private void skip(long tag) {
    if (tag >>> 3 == 0) {
      throw new IllegalArgumentException("no field number");
    }
    switch ((int) (tag & 7)) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case LENGTH_DELIMITED -> advance(length());
      case FIXED32 -> advance(4);
      default -> throw new IllegalArgumentException("no wire type of proto3");
    }
  }

  private void advance(int count) {
    if (count > end - position) {
      throw new IllegalArgumentException("truncated");
    }
    position += count;
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new IllegalArgumentException("truncated");
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      advance(1);
      byte b = bytes[position - 1];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("varint too long");
  }
}
