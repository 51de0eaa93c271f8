package io.metricsagent.instrumentations.rules.weaving.classfile;

import java.util.Arrays;

/** Bytes that are written one after another, big-endian. Not thread-safe. */
final class Bytes {
  private byte[] bytes;
  private int size;

  Bytes(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  int size() {
    return size;
  }

  private int grow(int by) {
    int at = size;
    size += by;
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
    }
    return at;
  }

  void u1(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
  }

  void u2(int value) {
    set2(grow(2), value);
  }

  void u4(int value) {
    set4(grow(4), value);
  }

  void set2(int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  void set4(int at, int value) {
    set2(at, value >> 16);
    set2(at + 2, value);
  }

  /** Adds a text in the UTF-8 of class files (JVMS §4.4.7), without its length. */
  void utf8(String text) {
    // The loop calls nothing, because it runs before the JVM has compiled what it would call.
    char[] characters = text.toCharArray();
    int at = grow(characters.length);
    for (int i = 0; i < characters.length; i++) {
      char c = characters[i];
      if (c == 0 || c >= 0x80) {
        size = at + i;
        modifiedUtf8(characters, i);
        return;
      }
      bytes[at + i] = (byte) c;
    }
  }

  /** Adds the characters from a place on; some of them take more than one byte. */
  private void modifiedUtf8(char[] characters, int from) {
    for (int i = from; i < characters.length; i++) {
      char c = characters[i];
      if (c != 0 && c < 0x80) {
        u1(c);
      } else if (c < 0x800) {
        u1(0xC0 | c >> 6);
        u1(0x80 | (c & 0x3F));
      } else {
        u1(0xE0 | c >> 12);
        u1(0x80 | (c >> 6 & 0x3F));
        u1(0x80 | (c & 0x3F));
      }
    }
  }

  /** Adds the bytes of {@code from} between two places. */
  void copy(byte[] from, int start, int end) {
    int at = grow(end - start);
    System.arraycopy(from, start, bytes, at, end - start);
  }

  void copy(Bytes from) {
    copy(from.bytes, 0, from.size);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
