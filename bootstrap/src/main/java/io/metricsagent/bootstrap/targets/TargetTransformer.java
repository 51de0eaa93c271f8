package io.metricsagent.bootstrap.targets;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.loading.LauncherLoader;
import java.lang.instrument.ClassFileTransformer;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The front door: decides by name and super types whether a class is a target, and passes only
 * targets to the weaver.
 *
 * <p>Every other class costs a look-up in a hash table and, unless its loader is known to see no
 * target interface, one pass over the constant pool. Never throws. Thread-safe.
 */
public final class TargetTransformer implements ClassFileTransformer {
  private final TargetNames targets;
  private final LoaderSightings tracers;
  private final Supplier<TargetWeaver> weaver;
  private final ClassLoader platformLoader = ClassLoader.getPlatformClassLoader();
  private final WeakMap<ClassLoader, Supertypes> supertypes = new WeakMap<>();

  /**
   * Makes a transformer.
   *
   * @param targets must not change once the transformer is added to the JVM
   * @param weaver called for each target; may be slow the first time; returns {@code null} if
   *     nothing is to be woven
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
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    if (!isApplications(loader) || className == null) {
      return null;
    }
    try {
      return Privileges.areAsked()
          ? Privileges.with(
              new PrivilegedAction<byte[]>() { // no lambda: the first lambda of a JVM is slow
                @Override
                public byte[] run() {
                  return weave(module, loader, className, loaded, domain, classFile);
                }
              })
          : weave(module, loader, className, loaded, domain, classFile);
    } catch (Throwable t) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "class " + className.replace('/', '.') + " is not measured: " + t,
          t);
      return null;
    }
  }

  private byte[] weave(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    tracers.loads(className, loader);
    List<String> above = supertypesOf(className, loader, loaded, domain, classFile);
    if (above.isEmpty() && !targets.contains(className)) {
      return null;
    }
    TargetWeaver agentSide = weaver.get();
    return agentSide == null ? null : agentSide.weave(module, loader, className, classFile, above);
  }

  boolean isApplications(ClassLoader loader) {
    return loader != null
        && loader != platformLoader
        && !(loader instanceof AgentClassLoader)
        && !(loader instanceof LauncherLoader);
  }

  private List<String> supertypesOf(
      String className,
      ClassLoader loader,
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    if (LibraryPackages.contains(className)) {
      return Supertypes.NONE;
    }
    return loaded == null ? view(loader).of(className, classFile, loader, domain) : above(loaded);
  }

  private Supertypes view(ClassLoader loader) {
    Supertypes view = supertypes.get(loader);
    if (view == null) {
      ClassLoader parent = loader.getParent();
      Supertypes above = isApplications(parent) ? view(parent) : null;
      view = supertypes.putIfAbsent(loader, new Supertypes(targets.supertypes(), loader, above));
    }
    return view;
  }

  /**
   * Returns the targets above a class that is loaded, whose super types are therefore loaded too.
   */
  private List<String> above(Class<?> type) {
    List<String> found = new ArrayList<>();
    collectAbove(type, found);
    return found;
  }

  private void collectAbove(Class<?> type, List<String> found) {
    if (type.getSuperclass() != null) {
      collect(type.getSuperclass(), found);
    }
    for (Class<?> each : type.getInterfaces()) {
      collect(each, found);
    }
  }

  private void collect(Class<?> type, List<String> found) {
    String name = internalName(type);
    if (targets.supertypes().contains(name) && !found.contains(name)) {
      found.add(name);
    }
    collectAbove(type, found);
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
