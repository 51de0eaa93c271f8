package io.metricsagent.bootstrap.targets;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.start.AgentClassLoader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Supplier;

/**
 * The front door: decides by name and super types whether a class is a target, and hands only
 * targets on.
 *
 * <p>Everything else costs a look-up in a hash table, and, until its loader is known to see no
 * target interface, a walk over the constant pool. Never throws. Thread-safe.
 */
public final class TargetTransformer implements ClassFileTransformer {
  private final TargetNames targets;
  private final LoaderSightings tracers;
  private final Supplier<TargetWeaver> weaver;
  private final ClassLoader platformLoader = ClassLoader.getPlatformClassLoader();
  private final WeakMap<ClassLoader, Supertypes> supertypes = new WeakMap<>();

  /**
   * Prepares the look-ups.
   *
   * @param targets does not change any more once the transformer works
   * @param weaver asked for each target; may take its time the first time, and returns {@code null}
   *     where nothing is to be woven
   */
  public TargetTransformer(
      TargetNames targets, LoaderSightings tracers, Supplier<TargetWeaver> weaver) {
    this.targets = targets;
    this.tracers = tracers;
    this.weaver = weaver;
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (!isApplications(loader) || className == null) {
      return null;
    }
    try {
      tracers.loads(className, loader);
      List<String> above = supertypesOf(className, loader, classFile);
      if (above.isEmpty() && !targets.contains(className)) {
        return null;
      }
      TargetWeaver agentSide = weaver.get();
      return agentSide == null
          ? null
          : agentSide.weave(module, loader, className, classFile, above);
    } catch (Throwable t) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "class " + className.replace('/', '.') + " is not measured: " + t,
          t);
      return null;
    }
  }

  private boolean isApplications(ClassLoader loader) {
    return loader != null && loader != platformLoader && !(loader instanceof AgentClassLoader);
  }

  private List<String> supertypesOf(String className, ClassLoader loader, byte[] classFile) {
    if (LibraryPackages.contains(className)) {
      return Supertypes.NONE;
    }
    Supertypes view = supertypes.get(loader);
    if (view == null) {
      view = supertypes.putIfAbsent(loader, new Supertypes(targets.supertypes()));
    }
    return view.of(className, classFile, loader);
  }

  /**
   * Weaves the targets that were loaded before the agent, class by class, so that one that fails
   * leaves the others alone.
   */
  public void retransformLoaded(Instrumentation jvm) {
    for (Class<?> type : jvm.getAllLoadedClasses()) {
      tracers.loads(internalName(type), type.getClassLoader());
      if (isTarget(type) && jvm.isModifiableClass(type)) {
        try {
          jvm.retransformClasses(type);
        } catch (UnmodifiableClassException | LinkageError e) {
          AgentLog.log(AgentLog.Level.WARN, type.getName() + " is not measured: " + e, e);
        }
      }
    }
  }

  private boolean isTarget(Class<?> type) {
    return isApplications(type.getClassLoader())
        && !type.isArray()
        && !type.isHidden()
        && (targets.contains(internalName(type)) || isBelowTarget(type));
  }

  private boolean isBelowTarget(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (targets.supertypes().contains(internalName(c))) {
        return true;
      }
      for (Class<?> i : c.getInterfaces()) {
        if (isBelowTarget(i)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
