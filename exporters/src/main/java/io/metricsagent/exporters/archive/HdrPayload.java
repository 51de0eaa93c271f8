package io.metricsagent.exporters.archive;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Adler32;

/**
 * The V2 compressed form of an HdrHistogram, in base64, made from counts of ascending values: the
 * result of {@code Histogram.encodeIntoCompressedByteBuffer}, but not really compressed.
 *
 * <p>Written by hand, because the library looks at each of thousands of possible buckets and sets
 * up a compressor of 256 KB to save some 50 bytes. Here these bytes are stored uncompressed, in one
 * block of the same format (RFC 1950 and 1951). Used by one thread.
 */
final class HdrPayload {
  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int COOKIE = 0x1c849313;
  private static final int LENGTH_AT = 4;
  private static final int HEADER = 40;

  /** The bytes before the content: cookie and length, two of zlib, five of a stored block. */
  private static final int BEFORE = 15;

  private static final short ZLIB_HEADER = 0x7801;
  private static final int CHECKSUM = 4;
  private static final int MAX_LEB = 9;

  private final int significantDigits;
  private final long highest;

  /**
   * The number of bits that distinguish the values within a bucket of HdrHistogram, and half the
   * number of those values.
   */
  private final int subBucketBits;

  private final Adler32 checksum = new Adler32();
  private ByteBuffer buffer = ByteBuffer.allocate(BEFORE + HEADER);

  /** The slot whose count is being added up, and the slot after the last one that was written. */
  private int slot;

  private int written;
  private long count;
  private long highestSeen;

  /**
   * Makes an encoder.
   *
   * @param highest the highest value that the histogram can have; the lowest is 1
   */
  HdrPayload(int significantDigits, long highest) {
    this.significantDigits = significantDigits;
    this.highest = highest;
    long exactUpTo = 2 * (long) Math.pow(10, significantDigits);
    subBucketBits = Long.SIZE - Long.numberOfLeadingZeros(exactUpTo - 1);
  }

  /** Begins a payload. */
  void begin() {
    buffer.clear().position(BEFORE);
    buffer
        .putInt(COOKIE)
        .putInt(0)
        .putInt(0)
        .putInt(significantDigits)
        .putLong(1)
        .putLong(highest)
        .putDouble(1);
    slot = 0;
    written = 0;
    count = 0;
    highestSeen = 0;
  }

  /** Adds a value, {@code times} times; it must not be smaller than those added before. */
  void add(long value, long times) {
    int of = slot(value);
    if (of != slot) {
      writeCount();
      slot = of;
    }
    count += times;
    highestSeen = value;
  }

  /** Returns the highest value that is in the same slot as the highest value added. */
  long highestEquivalent() {
    return highestSeen | (1L << magnitude(highestSeen)) - 1;
  }

  /** Returns the number of low bits of a value that the histogram does not distinguish. */
  private int magnitude(long value) {
    return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - subBucketBits);
  }

  private int slot(long value) {
    int magnitude = magnitude(value);
    return (magnitude << subBucketBits - 1) + (int) (value >>> magnitude);
  }

  private void writeCount() {
    if (count == 0) {
      return;
    }
    if (slot > written) {
      int zeros = slot - written;
      writeLeb(zeros == 1 ? 0 : -zeros);
    }
    writeLeb(count);
    written = slot + 1;
    count = 0;
  }

  /**
   * Writes a ZigZag LEB128 number: the sign is the lowest bit, each byte has seven bits, lowest
   * first, and a ninth byte has eight.
   */
  private void writeLeb(long value) {
    if (buffer.remaining() < MAX_LEB + CHECKSUM) {
      buffer = ByteBuffer.allocate(2 * buffer.capacity() + MAX_LEB).put(buffer.flip());
    }
    long left = value << 1 ^ value >> 63;
    for (int i = 1; i < MAX_LEB && left >>> 7 != 0; i++) {
      buffer.put((byte) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    buffer.put((byte) left);
  }

  /** Returns the payload, in ASCII. */
  byte[] end() {
    writeCount();
    if (written == 0) {
      writeLeb(0);
    }
    int end = buffer.position();
    int length = end - BEFORE;
    buffer.putInt(BEFORE + LENGTH_AT, length - HEADER);
    checksum.reset();
    checksum.update(buffer.array(), BEFORE, length);
    buffer.putInt((int) checksum.getValue());
    buffer
        .position(0)
        .putInt(COMPRESSED_COOKIE)
        .putInt(BEFORE - 8 + length + CHECKSUM)
        .putShort(ZLIB_HEADER)
        .put((byte) 1)
        .put((byte) length)
        .put((byte) (length >>> 8))
        .put((byte) ~length)
        .put((byte) (~length >>> 8));
    ByteBuffer base64 = Base64.getEncoder().encode(buffer.position(0).limit(end + CHECKSUM));
    return Arrays.copyOf(base64.array(), base64.limit());
  }
}
