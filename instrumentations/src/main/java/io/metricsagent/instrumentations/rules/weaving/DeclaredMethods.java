package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The methods of a class in the order of the class file, and how many variables those have that are
 * woven.
 */
final class DeclaredMethods {
  private final ClassFile file;

  /** Whether all methods have stack frames; class files of Java 6 may do without them. */
  private final boolean hasFrames;

  private final List<DeclaredMethod> methods = new ArrayList<>();

  private DeclaredMethods(ClassFile file) {
    this.file = file;
    hasFrames = file.version() >= Opcodes.V1_7;
  }

  static DeclaredMethods of(ClassFile file, List<Site> sites) {
    DeclaredMethods declared = new DeclaredMethods(file);
    declared.read(sites);
    return declared;
  }

  private void read(List<Site> sites) {
    int at = file.methods();
    int count = file.u2(at);
    at += 2;
    for (int i = 0; i < count; i++) {
      methods.add(method(at, sites));
      at = file.behindMember(at);
    }
  }

  private DeclaredMethod method(int at, List<Site> sites) {
    int access = file.u2(at);
    String name = file.utf8(file.u2(at + 2));
    String descriptor = file.utf8(file.u2(at + 4));
    int woven = 0;
    for (Site site : sites) {
      if (DeclaredMethod.isWovenBy(site.rule(), access, name, descriptor)) {
        woven++;
      }
    }
    if (!hasFrames && name.equals(MethodTarget.CONSTRUCTOR)) {
      woven = 0; // see ConstructorInserter
    }
    int maxLocals = woven == 0 ? 0 : file.maxLocals(at);
    return new DeclaredMethod(at, access, name, descriptor, woven, maxLocals);
  }

  DeclaredMethod get(int index) {
    return methods.get(index);
  }

  /** Returns those that a site weaves. */
  List<DeclaredMethod> woven() {
    List<DeclaredMethod> woven = new ArrayList<>();
    for (DeclaredMethod method : methods) {
      if (method.sites() > 0) {
        woven.add(method);
      }
    }
    return woven;
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
