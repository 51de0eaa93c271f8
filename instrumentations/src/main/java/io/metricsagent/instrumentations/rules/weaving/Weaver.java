package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Inlines the probe calls into one class. Stateless and thread-safe.
 *
 * <p>Byte Buddy's builder is used in its smallest form: it decorates the class file with visitors
 * of the methods that a rule names and keeps all else, so no method, field or interface is added
 * and other agents can transform the class too. Types are described from class files; no class is
 * loaded.
 */
final class Weaver {
  private static final ByteBuddy BYTE_BUDDY =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(InstrumentedType.Factory.Default.FROZEN)
          .ignore(ElementMatchers.none());

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
      Recording recording) {
    String name = className.replace('/', '.');
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, classFile),
            ClassFileLocator.ForClassLoader.of(loader));
    TypePool pool = TypePool.Default.of(locator);
    TypeDescription type = pool.describe(name).resolve();
    List<AsmVisitorWrapper> wrappers = new ArrayList<>();
    for (Site site : sites) {
      int before = wrappers.size();
      for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
        if (isWoven(method, site.rule())) {
          wrappers.add(AdviceTemplates.advice(site, method).on(ElementMatchers.is(method)));
        }
      }
      int methods = wrappers.size() - before;
      if (methods > 0) {
        site.activate(recording);
        site.instrumentation().wove(methods);
      } else {
        reportMissing(site, type);
      }
    }
    if (wrappers.isEmpty()) {
      return null;
    }
    DynamicType.Builder<?> builder = BYTE_BUDDY.decorate(type, locator);
    for (AsmVisitorWrapper wrapper : wrappers) {
      builder = builder.visit(wrapper);
    }
    return builder.make(pool).getBytes();
  }

  /**
   * Bridges only call the method that is woven anyway; abstract and native methods have no code.
   */
  private static boolean isWoven(MethodDescription.InDefinedShape method, Rule rule) {
    return rule.matches(method.getInternalName(), method.getDescriptor())
        && !method.isAbstract()
        && !method.isNative()
        && !method.isBridge()
        && rule.replacedArgument() < method.getParameters().size();
  }

  /**
   * A target that has none of the methods, not even abstract ones, is of a version that the rule
   * does not know.
   */
  private static void reportMissing(Site site, TypeDescription type) {
    Rule rule = site.rule();
    if (rule.optional() || !type.getName().equals(rule.type())) {
      return;
    }
    for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
      if (rule.isKnownShape(method.getInternalName(), method.getDescriptor())) {
        return;
      }
    }
    StringBuilder names = new StringBuilder();
    rule.methods()
        .forEach(method -> names.append(names.length() == 0 ? "" : " or ").append(method));
    site.instrumentation().skip(rule, type.getName() + " has no method " + names);
  }
}
