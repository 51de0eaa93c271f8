package io.metricsagent.instrumentations.rules.weaving.classfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where the parts of a class file are (JVMS §4.1, §4.4, §4.6 and §4.7). Making an instance takes
 * one pass over the constant pool; everything else is read when it is asked for. Places are offsets
 * into the file. Immutable and thread-safe, as long as nobody changes the bytes.
 */
public final class ClassFile {
  private static final int VERSION = 6; // behind the magic number and the minor version
  private static final int POOL = 8;
  private static final int INTERFACES = 6; // behind the flags and the names of class and super
  private static final int MEMBER = 6; // flags, name and descriptor
  private static final int ATTRIBUTE = 6; // name and length
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;

  /** The places behind the tags of the constants. */
  private final int[] constants;

  private final int header;

  /**
   * Finds the constants.
   *
   * @throws IllegalArgumentException for a constant of an unknown kind, and for what is no class
   *     file
   */
  public ClassFile(byte[] bytes) {
    this.bytes = bytes;
    try {
      constants = new int[u2(POOL)];
      int at = POOL + 2;
      for (int i = 1; i < constants.length; i++) {
        constants[i] = at + 1;
        switch (bytes[at]) {
          case 1 -> at += 3 + u2(at + 1); // Utf8
          case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // numbers, references, dynamic
          case 5, 6 -> { // long and double take two entries
            at += 9;
            i++;
          }
          case 7, 8, 16, 19, 20 -> at += 3; // class, string, method type, module, package
          case 15 -> at += 4; // method handle
          default -> throw new IllegalArgumentException("a constant of the kind " + bytes[at]);
        }
      }
      header = at;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a class file", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int u1(int at) {
    return bytes[at] & 0xFF;
  }

  /** Returns the number in two bytes, without a sign. */
  public int u2(int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  int s2(int at) {
    return (short) u2(at);
  }

  int s4(int at) {
    return u2(at) << 16 | u2(at + 2);
  }

  /** Returns the version of the file's format, such as 61 for Java 17. */
  public int version() {
    return u2(VERSION);
  }

  /** Returns how many constants there are, the first one, which does not exist, included. */
  int constants() {
    return constants.length;
  }

  /** Returns the place behind the constants: that of the class's flags. */
  int header() {
    return header;
  }

  /** Returns the place of the first constant. */
  static int firstConstant() {
    return POOL + 2;
  }

  /** Returns the number of the constant that names the class. */
  int classConstant() {
    return u2(header + 2);
  }

  /** Returns the internal name of the class. */
  public String className() {
    return classNameAt(classConstant());
  }

  /** Returns the internal name of the class that a constant stands for. */
  String classNameAt(int constant) {
    return utf8(u2(constants[constant]));
  }

  /** Returns the text of a constant. */
  public String utf8(int constant) {
    int at = constants[constant];
    int length = u2(at);
    // The class file's UTF-8 differs from the standard, but not for the names that nearly all are.
    // The standard decoder is far faster than a loop while nothing is compiled.
    String text = new String(bytes, at + 2, length, UTF_8);
    return text.length() == length && text.indexOf(REPLACEMENT) < 0 ? text : modifiedUtf8(at);
  }

  private String modifiedUtf8(int at) {
    try {
      return new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at)).readUTF();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether a constant is this text, all of whose characters are ASCII. */
  private boolean isUtf8(int constant, String ascii) {
    int at = constants[constant];
    int length = ascii.length();
    if (u2(at) != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + 2 + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the place of the number of methods; the first method is two bytes behind it. */
  public int methods() {
    int at = header + INTERFACES;
    at += 2 + 2 * u2(at);
    int fields = u2(at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = behindMember(at);
    }
    return at;
  }

  /** Returns the place behind a field or method. */
  public int behindMember(int member) {
    int at = member + MEMBER + 2;
    for (int left = u2(member + MEMBER); left > 0; left--) {
      at = behindAttribute(at);
    }
    return at;
  }

  int behindAttribute(int at) {
    return at + ATTRIBUTE + s4(at + 2);
  }

  /** Returns the place of a field's or method's attribute; -1 if there is none of this name. */
  int attribute(int member, String name) {
    int at = member + MEMBER + 2;
    for (int left = u2(member + MEMBER); left > 0; left--) {
      if (isAttribute(at, name)) {
        return at;
      }
      at = behindAttribute(at);
    }
    return -1;
  }

  boolean isAttribute(int at, String name) {
    return isUtf8(u2(at), name);
  }

  /** Returns how many variables a method's code has, in slots; 0 if the method has no code. */
  public int maxLocals(int method) {
    int code = attribute(method, CodePatch.CODE);
    return code < 0 ? 0 : u2(code + ATTRIBUTE + 2);
  }

  /** Returns the declaration of a method with type arguments; {@code null} if it has none. */
  public String signature(int method) {
    int at = attribute(method, "Signature");
    return at < 0 ? null : utf8(u2(at + ATTRIBUTE));
  }
}
