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
  private final Map<String, Integer> texts = new HashMap<>();
  private final Map<String, Integer> classes = new HashMap<>();
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<Integer, Integer> integers = new HashMap<>();
  private final Map<Integer, Integer> namesAndTypes = new HashMap<>();
  private final Map<Integer, Integer> methods = new HashMap<>();
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
    classes.putIfAbsent(name, constant);
    return name;
  }

  int utf8(String text) {
    Integer found = texts.get(text);
    if (found != null) {
      return found;
    }
    int constant = begin(UTF8);
    int length = added.size();
    added.u2(0);
    added.utf8(text);
    int bytes = added.size() - length - 2;
    if (bytes > MAX) {
      throw new Unpatchable("a text of " + bytes + " bytes");
    }
    added.set2(length, bytes);
    texts.put(text, constant);
    return constant;
  }

  /** Returns the constant of a class, or of an array's descriptor. */
  int classOf(String name) {
    return naming(CLASS, name, classes);
  }

  int string(String text) {
    return naming(STRING, text, strings);
  }

  private int naming(int tag, String text, Map<String, Integer> known) {
    Integer found = known.get(text);
    if (found != null) {
      return found;
    }
    int named = utf8(text);
    int constant = begin(tag);
    added.u2(named);
    known.put(text, constant);
    return constant;
  }

  int integer(int value) {
    Integer found = integers.get(value);
    if (found != null) {
      return found;
    }
    int constant = begin(INTEGER);
    added.u4(value);
    integers.put(value, constant);
    return constant;
  }

  /** Returns the constant of a method that is no method of an interface. */
  int method(String owner, String name, String descriptor) {
    int nameAndType = pair(NAME_AND_TYPE, utf8(name), utf8(descriptor), namesAndTypes);
    return pair(METHOD, classOf(owner), nameAndType, methods);
  }

  /** Returns the constant that consists of the numbers of two others. */
  private int pair(int tag, int first, int second, Map<Integer, Integer> known) {
    int key = first << 16 | second;
    Integer found = known.get(key);
    if (found != null) {
      return found;
    }
    int constant = begin(tag);
    added.u2(first);
    added.u2(second);
    known.put(key, constant);
    return constant;
  }

  private int begin(int tag) {
    if (count >= MAX) {
      throw new Unpatchable("no number is left for a constant");
    }
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
