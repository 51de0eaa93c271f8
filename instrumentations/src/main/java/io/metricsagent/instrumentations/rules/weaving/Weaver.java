package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Sighting;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassFile;
import java.util.List;

/**
 * Puts the probe calls into one class. Stateless and thread-safe.
 *
 * <p>Only the code of the methods that a rule names changes. No method, field or interface is
 * added, so other agents can transform the class too, and a loaded class can be woven. The other
 * methods are copied byte by byte. No class is loaded or looked up, since the method's own
 * descriptor determines all added frames.
 *
 * <p>The weaver runs while the application starts, when nothing of it is compiled. So it uses Byte
 * Buddy's ASM without the DSL above it, which would load several hundred classes more. Nearly all
 * classes are patched ({@link Insertions#patch}); ASM's own reader and writer, which read all
 * constants of a class, weave the rest ({@link ClassRewriter}).
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
    ClassFile file = new ClassFile(classFile);
    DeclaredMethods methods = DeclaredMethods.of(file, sites);
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
    boolean content = telemetry.events().hasContent();
    Insertions insertions = new Insertions(file, content ? classFile : null, sites, methods);
    byte[] patched = insertions.patch();
    return patched == null ? ClassRewriter.rewrite(classFile, insertions, methods) : patched;
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
