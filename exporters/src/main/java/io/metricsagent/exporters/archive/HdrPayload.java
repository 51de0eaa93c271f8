package io.metricsagent.exporters.archive;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Adler32;

/**
 * The V2 compressed form of an HdrHistogram, in base64, made from counts of ascending values: what
 * {@code Histogram.encodeIntoCompressedByteBuffer} makes, but for the compression.
 *
 * <p>By hand, since the library looks at each of the thousands of buckets that there could be, and
 * sets up a compressor of 256 KB, which takes 13 µs, to save 50 of 150 bytes. Here those bytes are
 * stored as they are, in one block of the same format (RFC 1950 and 1951). Used by one thread.
 */
final class HdrPayload {
  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int COOKIE = 0x1c849313;
  private static final int LENGTH_AT = 4;
  private static final int HEADER = 40;

  /** Cookie and length, zlib's two bytes and the five before a stored block. */
  private static final int BEFORE = 15;

  private static final short ZLIB_HEADER = 0x7801;
  private static final int CHECKSUM = 4;
  private static final int MAX_LEB = 9;

  private final int significantDigits;
  private final long highest;

  /** So many bits tell values of one bucket of HdrHistogram's apart, and half of those. */
  private final int subBucketBits;

  private final Adler32 checksum = new Adler32();
  private ByteBuffer buffer = ByteBuffer.allocate(BEFORE + HEADER);

  /** The slot that counts are gathered for, and the one behind the last that was written. */
  private int slot;

  private int written;
  private long count;
  private long highestSeen;

  /**
   * Prepares payloads.
   *
   * @param highest the highest value that such a histogram takes; the lowest is 1
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

  /** Adds values; none is smaller than those added before. */
  void add(long value, long times) {
    int of = slot(value);
    if (of != slot) {
      writeCount();
      slot = of;
    }
    count += times;
    highestSeen = value;
  }

  /** Returns the highest value that the payload cannot tell from the highest that was added. */
  long highestEquivalent() {
    return highestSeen | (1L << magnitude(highestSeen)) - 1;
  }

  /** A value's power of two beyond those that are kept exactly. */
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

  /** Signs last, seven bits a byte from the lowest, and eight in the ninth. */
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
