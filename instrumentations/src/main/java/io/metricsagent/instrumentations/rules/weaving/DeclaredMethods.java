package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The methods of a class in the order of the class file, and how many variables those have that are
 * woven.
 *
 * <p>The class file is walked without a visitor (JVMS §4.1, §4.6, §4.7.3). A visitor is shown every
 * instruction of a woven method and every attribute of the others, which is most of the work of
 * weaving a large class while nothing is compiled yet.
 */
final class DeclaredMethods {
  private static final int VERSION = 6; // behind the magic number and the minor version
  private static final int INTERFACE_COUNT = 6; // behind the flags and the names of class and super
  private static final int MEMBER_ATTRIBUTES = 6; // behind flags, name and descriptor
  private static final int ATTRIBUTE_HEADER = 6; // name and length
  private static final int MAX_LOCALS = ATTRIBUTE_HEADER + 2; // behind max_stack
  private static final String CODE = "Code";

  private final ClassReader file;
  private final char[] text;

  /** Whether all methods have stack frames; class files of Java 6 may do without them. */
  private final boolean hasFrames;

  private final List<DeclaredMethod> methods = new ArrayList<>();

  private DeclaredMethods(ClassReader file) {
    this.file = file;
    text = new char[file.getMaxStringLength()];
    hasFrames = file.readUnsignedShort(VERSION) >= Opcodes.V1_7;
  }

  static DeclaredMethods of(ClassReader file, List<Site> sites) {
    DeclaredMethods declared = new DeclaredMethods(file);
    declared.read(sites);
    return declared;
  }

  private void read(List<Site> sites) {
    int at = file.header + INTERFACE_COUNT;
    at += 2 + 2 * file.readUnsignedShort(at);
    int fields = file.readUnsignedShort(at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = behindAttributes(at + MEMBER_ATTRIBUTES);
    }
    int count = file.readUnsignedShort(at);
    at += 2;
    for (int i = 0; i < count; i++) {
      methods.add(method(at, sites));
      at = behindAttributes(at + MEMBER_ATTRIBUTES);
    }
  }

  private DeclaredMethod method(int at, List<Site> sites) {
    int access = file.readUnsignedShort(at);
    String name = file.readUTF8(at + 2, text);
    String descriptor = file.readUTF8(at + 4, text);
    int woven = 0;
    for (Site site : sites) {
      if (DeclaredMethod.isWovenBy(site.rule(), access, name, descriptor)) {
        woven++;
      }
    }
    if (!hasFrames && name.equals(MethodTarget.CONSTRUCTOR)) {
      woven = 0; // see ConstructorInserter
    }
    int maxLocals = woven == 0 ? 0 : maxLocals(at + MEMBER_ATTRIBUTES);
    return new DeclaredMethod(access, name, descriptor, woven, maxLocals);
  }

  private int maxLocals(int attributes) {
    int at = attributes + 2;
    for (int left = file.readUnsignedShort(attributes); left > 0; left--) {
      if (CODE.equals(file.readUTF8(at, text))) {
        return file.readUnsignedShort(at + MAX_LOCALS);
      }
      at = behindAttribute(at);
    }
    return 0; // not in a class file that the JVM accepts
  }

  private int behindAttributes(int attributes) {
    int at = attributes + 2;
    for (int left = file.readUnsignedShort(attributes); left > 0; left--) {
      at = behindAttribute(at);
    }
    return at;
  }

  private int behindAttribute(int at) {
    return at + ATTRIBUTE_HEADER + file.readInt(at + 2);
  }

  DeclaredMethod get(int index) {
    return methods.get(index);
  }

  /** Returns the names of all methods, without initialisers. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (DeclaredMethod method : methods) {
      if (method.name().charAt(0) != '<') {
        names.add(method.name());
      }
    }
    return names;
  }

  /** Returns how many methods a site weaves. */
  int wovenBy(Site site) {
    int count = 0;
    for (DeclaredMethod method : methods) {
      if (method.isWovenBy(site.rule())) {
        count++;
      }
    }
    return count;
  }

  boolean haveNative(Rule rule) {
    for (DeclaredMethod method : methods) {
      if (method.isNative(rule)) {
        return true;
      }
    }
    return false;
  }

  boolean haveSuspended(Rule rule) {
    for (DeclaredMethod method : methods) {
      if (method.isSuspended(rule)) {
        return true;
      }
    }
    return false;
  }

  boolean haveKnownShape(Rule rule) {
    for (DeclaredMethod method : methods) {
      if (method.hasKnownShape(rule)) {
        return true;
      }
    }
    return false;
  }
}
