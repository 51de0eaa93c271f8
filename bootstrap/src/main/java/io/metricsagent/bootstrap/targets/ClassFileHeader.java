package io.metricsagent.bootstrap.targets;

/**
 * The names of a class file's super class and interfaces, read straight from its bytes (JVMS §4.1,
 * §4.4) without parsing the rest.
 *
 * <p>Reading takes one pass over the constant pool, which is fast enough for every class of a
 * loader that can see a target interface.
 */
final class ClassFileHeader {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int ACC_ABSTRACT = 0x0400;

  private final byte[] bytes;
  private final int[] offsets;
  private final int end;

  private ClassFileHeader(byte[] bytes, int[] offsets, int end) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.end = end;
  }

  /** Reads a class file; returns {@code null} if its format is unknown. */
  static ClassFileHeader read(byte[] bytes) {
    if (bytes.length < 24 || int4(bytes, 0) != MAGIC) {
      return null;
    }
    int count = int2(bytes, 8);
    int[] offsets = new int[count];
    int at = 10;
    for (int i = 1; i < count; i++) {
      if (at + 5 > bytes.length) {
        return null;
      }
      offsets[i] = at + 1;
      switch (bytes[at]) {
        case 1 -> at += 3 + int2(bytes, at + 1); // Utf8
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // numbers, references, name and type, dynamic
        case 5, 6 -> { // long and double take two entries
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3; // class, string, method type, module, package
        case 15 -> at += 4; // method handle
        default -> {
          return null; // a kind of constant that a later class file version has added
        }
      }
    }
    return at + 8 > bytes.length ? null : new ClassFileHeader(bytes, offsets, at);
  }

  /** Returns whether the type is an interface or an abstract class. */
  boolean isAbstract() {
    return (int2(bytes, end) & ACC_ABSTRACT) != 0;
  }

  /**
   * Returns the internal name of the super class, or {@code null} for {@code Object} and modules.
   */
  String superName() {
    int index = int2(bytes, end + 4);
    return index == 0 ? null : className(index);
  }

  int interfaceCount() {
    return int2(bytes, end + 6);
  }

  /** Returns the internal name of an interface. */
  String interfaceName(int i) {
    return className(int2(bytes, end + 8 + 2 * i));
  }

  private String className(int classIndex) {
    int utf8 = offsets[int2(bytes, offsets[classIndex])];
    return utf8(utf8 + 2, int2(bytes, utf8));
  }

  /**
   * Decodes the JVM's modified UTF-8; the first loop is enough for names in ASCII, as nearly all
   * are.
   */
  private String utf8(int from, int length) {
    char[] chars = new char[length];
    int used = 0;
    for (int i = from; i < from + length; ) {
      int b = bytes[i++] & 0xFF;
      if (b < 0x80) {
        chars[used++] = (char) b;
      } else if (b < 0xE0) {
        chars[used++] = (char) ((b & 0x1F) << 6 | (bytes[i++] & 0x3F));
      } else {
        chars[used++] = (char) ((b & 0x0F) << 12 | (bytes[i++] & 0x3F) << 6 | (bytes[i++] & 0x3F));
      }
    }
    return new String(chars, 0, used);
  }

  private static int int2(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static int int4(byte[] bytes, int at) {
    return int2(bytes, at) << 16 | int2(bytes, at + 2);
  }
}
