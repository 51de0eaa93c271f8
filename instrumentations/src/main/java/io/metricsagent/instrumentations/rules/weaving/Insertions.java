package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassFile;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassPatch;
import io.metricsagent.instrumentations.rules.weaving.classfile.CodePatch;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What the sites of a class add to the code of its methods. Not thread-safe. */
final class Insertions {
  private final ClassFile file;

  /** The class file with the names of parameters; {@code null} unless content is on. */
  private final byte[] named;

  private final List<Site> sites;
  private final DeclaredMethods methods;
  private final String className;
  private final boolean frames;

  /**
   * Prepares the insertions.
   *
   * @param named the class file, if the names of parameters are wanted; else {@code null}
   */
  Insertions(ClassFile file, byte[] named, List<Site> sites, DeclaredMethods methods) {
    this.file = file;
    this.named = named;
    this.sites = sites;
    this.methods = methods;
    className = file.className();
    frames = file.version() >= Opcodes.V1_6;
  }

  /**
   * Returns the woven class file; {@code null} if it has to be laid out anew: if a constructor is
   * woven, where the place of a call depends on the instructions before it, if some place is out of
   * the reach of a jump, or if something in the file is unusual.
   */
  byte[] patch() {
    ClassPatch patch = new ClassPatch(file);
    try {
      for (DeclaredMethod method : methods.woven()) {
        if (method.isConstructor()) {
          return null;
        }
        CodePatch code = patch.code(method.place(), shape(method).initialLocals());
        code.accept(before(code.writer(), method));
        patch.replace(code);
      }
      return patch.toByteArray();
    } catch (RuntimeException e) {
      AgentLog.debug(className + " is not patched, but laid out anew: " + e, e);
      return null;
    }
  }

  private MethodShape shape(DeclaredMethod method) {
    return new MethodShape(className, method.access(), method.descriptor(), frames);
  }

  /** Returns what adds the calls of each site; the calls of the first site are outermost. */
  MethodVisitor before(MethodVisitor writer, DeclaredMethod method) {
    if (method.sites() == 0) {
      return writer;
    }
    if (method.isConstructor()) {
      return beforeConstructor(writer, method);
    }
    MethodVisitor code = writer;
    MethodShape shape = shape(method);
    // The code passes the innermost site first, whose variables come right behind the method's own.
    int slots = ProbeInserter.slots(method.descriptor());
    int locals = method.maxLocals() + (method.sites() - 1) * slots;
    for (Site site : sites) {
      if (method.isWovenBy(site.rule())) {
        code =
            new ProbeInserter(
                code, shape, locals, site, names(method, site), callbacks(method, site));
        locals -= slots;
      }
    }
    return code;
  }

  private Callbacks callbacks(DeclaredMethod method, Site site) {
    return site.rule().follows()
        ? Callbacks.of(method.descriptor(), file.signature(method.place()))
        : null;
  }

  private MethodVisitor beforeConstructor(MethodVisitor writer, DeclaredMethod method) {
    List<Site> of = new ArrayList<>();
    for (Site site : sites) {
      if (method.isWovenBy(site.rule())) {
        of.add(site);
      }
    }
    return new ConstructorInserter(writer, shape(method), of);
  }

  private String names(DeclaredMethod method, Site site) {
    return named != null && site.rule().arguments().haveNames()
        ? ParameterNames.of(new ClassReader(named), method)
        : null;
  }
}
