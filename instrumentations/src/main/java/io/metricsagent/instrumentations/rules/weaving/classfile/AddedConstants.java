package io.metricsagent.instrumentations.rules.weaving.classfile;

import java.util.HashMap;
import java.util.Map;

/**
 * Constants that are added behind those of a class file (JVMS §4.4), each of them once. The file's
 * own keep their numbers, so nothing in the file that names one has to be changed. Not thread-safe.
 */
final class AddedConstants {
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int MAX = 0xFFFF;

  private final Bytes added = new Bytes(512);
  private final Map<String, Integer> known = new HashMap<>();
  private final ClassFile file;
  private int count;

  AddedConstants(ClassFile file) {
    this.file = file;
    count = file.constants();
    nameOfClass(file.classConstant());
  }

  /** Returns the class that a constant of the file names, and remembers the constant. */
  String nameOfClass(int constant) {
    String name = file.classNameAt(constant);
    known.putIfAbsent(key(CLASS, name), constant);
    return name;
  }

  int utf8(String text) {
    String key = key(UTF8, text);
    Integer found = known.get(key);
    if (found != null) {
      return found;
    }
    int constant = begin(UTF8, key);
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      length += length(text.charAt(i));
    }
    if (length > MAX) {
      throw new Unpatchable("a text of " + length + " bytes");
    }
    added.u2(length);
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    return constant;
  }

  private static int length(char c) {
    if (c != 0 && c < 0x80) {
      return 1;
    }
    return c < 0x800 ? 2 : 3;
  }

  private void character(char c) {
    switch (length(c)) {
      case 1 -> added.u1(c);
      case 2 -> {
        added.u1(0xC0 | c >> 6);
        added.u1(0x80 | (c & 0x3F));
      }
      default -> {
        added.u1(0xE0 | c >> 12);
        added.u1(0x80 | (c >> 6 & 0x3F));
        added.u1(0x80 | (c & 0x3F));
      }
    }
  }

  /** Returns the constant of a class, or of an array's descriptor. */
  int classOf(String name) {
    return naming(CLASS, name);
  }

  int string(String text) {
    return naming(STRING, text);
  }

  private int naming(int tag, String text) {
    String key = key(tag, text);
    Integer found = known.get(key);
    if (found != null) {
      return found;
    }
    int named = utf8(text);
    int constant = begin(tag, key);
    added.u2(named);
    return constant;
  }

  int integer(int value) {
    String key = key(INTEGER, Integer.toString(value));
    Integer found = known.get(key);
    if (found != null) {
      return found;
    }
    int constant = begin(INTEGER, key);
    added.u4(value);
    return constant;
  }

  /** Returns the constant of a method that is no method of an interface. */
  int method(String owner, String name, String descriptor) {
    String key = key(METHOD, owner.concat(name).concat(descriptor));
    Integer found = known.get(key);
    if (found != null) {
      return found;
    }
    int declaring = classOf(owner);
    int signature = nameAndType(name, descriptor);
    int constant = begin(METHOD, key);
    added.u2(declaring);
    added.u2(signature);
    return constant;
  }

  private int nameAndType(String name, String descriptor) {
    int named = utf8(name);
    int typed = utf8(descriptor);
    int constant = begin(NAME_AND_TYPE, key(NAME_AND_TYPE, name.concat(descriptor)));
    added.u2(named);
    added.u2(typed);
    return constant;
  }

  private static String key(int tag, String text) {
    return text.concat(String.valueOf((char) tag));
  }

  private int begin(int tag, String key) {
    if (count >= MAX) {
      throw new Unpatchable("no number is left for a constant");
    }
    known.put(key, count);
    added.u1(tag);
    return count++;
  }

  /** Writes the number of all constants, those of the file, and the added ones. */
  void writeTo(Bytes out) {
    out.u2(count);
    out.copy(file.bytes(), ClassFile.firstConstant(), file.header());
    out.copy(added);
  }
}
