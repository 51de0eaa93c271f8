package io.metricsagent.bootstrap.targets;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.WeakMap;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Weaves the targets that were loaded before the front door was there: by an AOT cache, which loads
 * the classes of the application before any agent starts, by another agent, or because this agent
 * was attached. Thread-safe.
 *
 * <p>The front door sees each class when it is loaded, and what it weaves then stays. The targets
 * here are woven by retransformation, which begins with the original class file each time that any
 * agent asks for it, so this transformer weaves them again each time; and only them.
 */
public final class LoadedTargets implements ClassFileTransformer {
  private final Instrumentation jvm;
  private final TargetTransformer door;
  private final WeakMap<Class<?>, Boolean> woven = new WeakMap<>();

  /** Prepares to weave with what the front door passes targets to. */
  public LoadedTargets(Instrumentation jvm, TargetTransformer door) {
    this.jvm = jvm;
    this.door = door;
  }

  /**
   * Returns the targets that the application's first loader has loaded before {@code main}: those
   * of an AOT cache and those that other agents loaded. Other loaders have none yet. Where there is
   * neither, the JVM knows few classes of that loader, and this takes no time.
   */
  public List<Class<?>> beforeMain(TargetNames targets) {
    return among(jvm.getInitiatedClasses(ClassLoader.getSystemClassLoader()), targets);
  }

  /**
   * Returns the targets among classes, and the classes below targets.
   *
   * <p>Nearly all classes need one look-up of their name: super types are compared only with those
   * targets that are loaded too and whose subtypes are targets.
   */
  private List<Class<?>> among(Class<?>[] classes, TargetNames targets) {
    Set<String> names = dotted(targets.all());
    Set<String> supertypes = dotted(targets.supertypes());
    List<Class<?>> applications = new ArrayList<>();
    List<Class<?>> found = new ArrayList<>();
    List<Class<?>> above = new ArrayList<>();
    for (Class<?> type : classes) {
      if (!door.isApplications(type.getClassLoader()) || type.isArray() || type.isHidden()) {
        continue;
      }
      String name = type.getName();
      applications.add(type);
      if (names.contains(name)) {
        found.add(type);
        if (supertypes.contains(name)) {
          above.add(type);
        }
      }
    }
    for (Class<?> type : applications) {
      if (isBelow(above, type) && !names.contains(type.getName())) {
        found.add(type);
      }
    }
    return found;
  }

  private static boolean isBelow(List<Class<?>> above, Class<?> type) {
    for (Class<?> each : above) {
      if (each.isAssignableFrom(type)) {
        return !LibraryPackages.contains(type.getName().replace('.', '/'));
      }
    }
    return false;
  }

  private static Set<String> dotted(Set<String> internalNames) {
    Set<String> names = new HashSet<>(internalNames.size() * 2);
    for (String name : internalNames) {
      names.add(name.replace('/', '.'));
    }
    return names;
  }

  /**
   * Weaves targets that were found before the front door was added to the JVM, so that it has woven
   * none of them.
   */
  public void weave(List<Class<?>> targets) {
    for (Class<?> target : targets) {
      woven.putIfAbsent(target, true);
    }
    jvm.addTransformer(this, true);
    retransform(targets);
  }

  /**
   * Weaves all targets in a JVM in which the application runs. The front door must have been added
   * as a transformer that can retransform, as a class may be loaded while this method runs.
   */
  public void weaveWhileRunning(TargetNames targets, LoaderSightings tracers) {
    Class<?>[] classes = jvm.getAllLoadedClasses();
    for (Class<?> type : classes) {
      tracers.loads(type.getName().replace('.', '/'), type.getClassLoader());
    }
    retransform(among(classes, targets));
  }

  private void retransform(List<Class<?>> targets) {
    List<Class<?>> modifiable = new ArrayList<>();
    for (Class<?> target : targets) {
      if (jvm.isModifiableClass(target)) {
        modifiable.add(target);
      }
    }
    try {
      jvm.retransformClasses(modifiable.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      for (Class<?> target : modifiable) { // one that fails leaves the others alone
        retransform(target);
      }
    }
  }

  private void retransform(Class<?> target) {
    try {
      jvm.retransformClasses(target);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      AgentLog.log(AgentLog.Level.WARN, target.getName() + " is not measured: " + e, e);
    }
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    return loaded != null && woven.get(loaded) != null
        ? door.transform(module, loader, className, loaded, domain, classFile)
        : null;
  }
}
