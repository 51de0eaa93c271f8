package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The methods of a class in the order of the class file. The code of woven methods is visited to
 * learn the number of their variables.
 */
final class DeclaredMethods extends ClassVisitor {
  private final List<Site> sites;
  private final List<DeclaredMethod> methods = new ArrayList<>();

  private DeclaredMethods(List<Site> sites) {
    super(Opcodes.ASM9);
    this.sites = sites;
  }

  static DeclaredMethods of(ClassReader reader, List<Site> sites) {
    DeclaredMethods methods = new DeclaredMethods(sites);
    reader.accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return methods;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    DeclaredMethod method = new DeclaredMethod(access, name, descriptor);
    methods.add(method);
    for (Site site : sites) {
      if (method.isWovenBy(site.rule())) {
        method.addSite();
      }
    }
    return method.sites() > 0 ? method : null;
  }

  DeclaredMethod get(int index) {
    return methods.get(index);
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

  boolean haveKnownShape(Rule rule) {
    for (DeclaredMethod method : methods) {
      if (method.hasKnownShape(rule)) {
        return true;
      }
    }
    return false;
  }
}
