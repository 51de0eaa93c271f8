package io.metricsagent.bootstrap.targets;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.WeakMap;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Weaves the targets that were loaded before the front door was opened: from an AOT cache, from
 * which the JVM loads classes of the application before any agent starts; by another agent; or
 * before this agent was attached. Thread-safe.
 *
 * <p>The front door weaves a class when the class is loaded, and that weaving stays. This class
 * weaves its targets by retransformation. Each time that any agent asks for a retransformation, it
 * begins with the original class file, so this transformer weaves these targets again each time,
 * and no others.
 */
public final class LoadedTargets implements ClassFileTransformer {
  private final Instrumentation jvm;
  private final TargetTransformer door;
  private final WeakMap<Class<?>, Boolean> woven = new WeakMap<>();

  /** Prepares to weave with the weaver of {@code door}. */
  public LoadedTargets(Instrumentation jvm, TargetTransformer door) {
    this.jvm = jvm;
    this.door = door;
  }

  /**
   * Returns the targets that the application's first loader has loaded before {@code main}: those
   * from an AOT cache and those that other agents loaded. Other loaders have loaded no targets yet.
   * Without an AOT cache or another agent, that loader has loaded few classes, and the search is
   * short.
   *
   * @param tracers is told of the tracing API, if that loader has loaded it
   */
  public List<Class<?>> beforeMain(LoaderSightings tracers) {
    Class<?>[] classes = jvm.getInitiatedClasses(ClassLoader.getSystemClassLoader());
    return among(classes, door.targets(), tracers);
  }

  /**
   * Returns the targets among classes, and the classes below targets.
   *
   * <p>Nearly all classes need one look-up of their name: super types are compared only with those
   * targets that are loaded too and whose subtypes are targets.
   *
   * @param tracers is told of each class; {@code null} if it knows them
   */
  List<Class<?>> among(Class<?>[] classes, TargetNames targets, LoaderSightings tracers) {
    Set<String> supertypes = targets.supertypes();
    List<Class<?>> applications = new ArrayList<>();
    List<Class<?>> found = new ArrayList<>();
    List<Class<?>> above = new ArrayList<>();
    for (Class<?> type : classes) {
      if (!door.isApplications(type.getClassLoader()) || type.isArray() || type.isHidden()) {
        continue;
      }
      String name = internalName(type);
      applications.add(type);
      if (tracers != null) {
        tracers.wasLoaded(name, type);
      }
      if (targets.contains(name)) {
        found.add(type);
        if (supertypes.contains(name)) {
          above.add(type);
        }
      }
    }
    for (Class<?> type : applications) {
      if (isBelow(above, type) && !targets.contains(internalName(type))) {
        found.add(type);
      }
    }
    return found;
  }

  private static boolean isBelow(List<Class<?>> above, Class<?> type) {
    for (Class<?> each : above) {
      if (each.isAssignableFrom(type)) {
        return !LibraryPackages.contains(internalName(type));
      }
    }
    return false;
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /**
   * Weaves targets that were loaded before the front door was added to the JVM, and that it
   * therefore has not woven.
   */
  public void weave(List<Class<?>> targets) {
    if (!door.mayChange()) { // else the door itself was added as one that can retransform
      for (Class<?> target : targets) {
        woven.putIfAbsent(target, true);
      }
      jvm.addTransformer(this, true);
    }
    retransform(targets);
  }

  /**
   * Weaves all targets in a JVM in which the application runs. The front door must have been added
   * as a transformer that can retransform, as a class may be loaded while this method runs.
   */
  public void weaveWhileRunning(LoaderSightings tracers) {
    retransform(among(jvm.getAllLoadedClasses(), door.targets(), tracers));
  }

  /**
   * Has classes transformed again.
   *
   * @return how many of them were
   */
  int retransform(List<Class<?>> targets) {
    List<Class<?>> modifiable = new ArrayList<>();
    for (Class<?> target : targets) {
      if (jvm.isModifiableClass(target)) {
        modifiable.add(target);
      }
    }
    if (modifiable.isEmpty()) {
      return 0;
    }
    try {
      jvm.retransformClasses(modifiable.toArray(new Class<?>[0]));
      return modifiable.size();
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      int done = 0;
      for (Class<?> target : modifiable) { // one by one, so that a failure affects only its class
        done += retransform(target) ? 1 : 0;
      }
      return done;
    }
  }

  private boolean retransform(Class<?> target) {
    try {
      jvm.retransformClasses(target);
      return true;
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "class " + target.getName() + " is measured as it was before, or not at all: " + e,
          e);
      return false;
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
