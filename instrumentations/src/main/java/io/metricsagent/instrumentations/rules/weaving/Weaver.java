package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Sighting;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts the probe calls into one class. Stateless and thread-safe.
 *
 * <p>Only the code of the methods that a rule names changes. No method, field or interface is
 * added, so other agents can transform the class too, and a loaded class can be woven. The other
 * methods are copied byte by byte. No class is loaded or looked up, since the method's own
 * descriptor determines all added frames.
 *
 * <p>The weaver uses Byte Buddy's ASM without the DSL above it, because it runs while the
 * application starts: the DSL would load several hundred classes more.
 */
final class Weaver {
  private Weaver() {}

  /**
   * Weaves a class.
   *
   * @return the new class file, or {@code null} if no method of the class is asked for
   */
  static byte[] weave(
      ClassLoader loader,
      String className,
      byte[] classFile,
      List<Site> sites,
      Telemetry telemetry) {
    ClassReader reader = new ClassReader(classFile);
    DeclaredMethods methods = DeclaredMethods.of(reader, sites);
    boolean any = false;
    for (Site site : sites) {
      int count = methods.wovenBy(site);
      if (count > 0) {
        any = true;
        site.activate(telemetry);
        site.instrumentation().wove(site, loader, className, count);
        site.saw(Sighting.WOVEN);
      } else {
        site.saw(methods.haveNative(site.rule()) ? Sighting.NATIVE : Sighting.ABSTRACT);
        reportSuspended(site, className, methods);
        reportMissing(site, className, methods);
      }
    }
    if (!any) {
      return null;
    }
    // No computing of stack sizes: to follow the flow of each woven method costs milliseconds while
    // it is not compiled, and ProbeInserter knows what its calls add.
    ClassWriter writer = new ClassWriter(reader, 0);
    ClassReader named = telemetry.events().hasContent() ? reader : null;
    reader.accept(new ProbeWriter(writer, sites, methods, named), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Adds the calls of each site of a method; the calls of the first site are outermost. */
  private static final class ProbeWriter extends ClassVisitor {
    private final List<Site> sites;
    private final DeclaredMethods methods;

    /** The class file with the names of parameters; {@code null} unless content is on. */
    private final ClassReader named;

    private String className;
    private boolean frames;
    private int next;

    ProbeWriter(ClassVisitor writer, List<Site> sites, DeclaredMethods methods, ClassReader named) {
      super(Opcodes.ASM9, writer);
      this.sites = sites;
      this.methods = methods;
      this.named = named;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      className = name;
      frames = (version & 0xFFFF) >= Opcodes.V1_6;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      DeclaredMethod method = methods.get(next++);
      if (method.isConstructor()) {
        return constructor(code, method, access, descriptor);
      }
      // The code passes the innermost site first, whose variables come right behind the method's
      // own.
      int locals = method.maxLocals() + (method.sites() - 1) * ProbeInserter.slots(descriptor);
      for (Site site : sites) {
        if (method.isWovenBy(site.rule())) {
          MethodShape shape = new MethodShape(className, access, descriptor, frames);
          Callbacks callbacks = site.rule().follows() ? Callbacks.of(descriptor, signature) : null;
          code = new ProbeInserter(code, shape, locals, site, names(method, site), callbacks);
          locals -= ProbeInserter.slots(descriptor);
        }
      }
      return code;
    }

    private MethodVisitor constructor(
        MethodVisitor code, DeclaredMethod method, int access, String descriptor) {
      List<Site> of = new ArrayList<>();
      for (Site site : sites) {
        if (method.isWovenBy(site.rule())) {
          of.add(site);
        }
      }
      return of.isEmpty()
          ? code
          : new ConstructorInserter(
              code, new MethodShape(className, access, descriptor, frames), of);
    }

    private String names(DeclaredMethod method, Site site) {
      return named != null && site.rule().arguments().haveNames()
          ? ParameterNames.of(named, method)
          : null;
    }
  }

  /** Reports a target whose methods are suspending functions, which the rule does not follow. */
  private static void reportSuspended(Site site, String className, DeclaredMethods methods) {
    if (methods.haveSuspended(site.rule())) {
      site.saw(Sighting.TOLD);
      site.instrumentation()
          .skip(
              site,
              className.replace('/', '.')
                  + "."
                  + site.rule().methods().get(0).name()
                  + " is a suspending function of Kotlin, which only the methods of adapters and"
                  + " tools may be; name a function that does not suspend");
    }
  }

  /**
   * Reports a target without any of the rule's methods, abstract ones included: it is of a version
   * that the rule does not know.
   */
  private static void reportMissing(Site site, String className, DeclaredMethods methods) {
    Rule rule = site.rule();
    String name = className.replace('/', '.');
    if (rule.optional() || !name.equals(rule.type()) || methods.haveKnownShape(rule)) {
      return;
    }
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < rule.methods().size(); i++) {
      names.append(i == 0 ? "" : " or ").append(rule.methods().get(i).written());
    }
    String first = rule.methods().get(0).name();
    String similar = SimilarMethod.of(first, methods.names());
    String advice = similar == null ? "" : "; did you mean " + similar + "?";
    if (site.origin() != null && methods.names().contains(first)) {
      advice =
          "; it has "
              + first
              + " with other parameters, whose types have full names, as in java.util.List";
    }
    site.saw(Sighting.TOLD);
    site.instrumentation().skip(site, name + " has no method " + names + advice);
  }
}
