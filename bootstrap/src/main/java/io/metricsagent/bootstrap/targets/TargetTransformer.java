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
 *
 * <p>The names may be replaced while classes are loaded. Each class is decided with the names that
 * were there when its loading began, so what was found with older names is never mixed with the
 * newer ones.
 */
public final class TargetTransformer implements ClassFileTransformer {
  /** Names, and what is known of super types by these names. */
  private static final class View {
    final TargetNames targets;
    final WeakMap<ClassLoader, Supertypes> supertypes = new WeakMap<>();

    View(TargetNames targets) {
      this.targets = targets;
    }
  }

  private final LoaderSightings tracers;
  private final Supplier<TargetWeaver> weaver;
  private final ClassLoader platformLoader = ClassLoader.getPlatformClassLoader();

  /** What loaders have told stays when the names are replaced. */
  private final WeakMap<ClassLoader, TypeFiles> files = new WeakMap<>();

  private volatile View current;
  private volatile boolean live;

  /**
   * Makes a transformer.
   *
   * @param targets must not change once the transformer is added to the JVM; {@link #replace}
   *     replaces them
   * @param weaver called for each target; may be slow the first time; returns {@code null} if
   *     nothing is to be woven
   */
  public TargetTransformer(
      TargetNames targets, LoaderSightings tracers, Supplier<TargetWeaver> weaver) {
    current = new View(targets);
    this.tracers = tracers;
    this.weaver = weaver;
  }

  /**
   * Says that targets will be replaced while the application runs, so that this transformer must be
   * able to retransform. Called before it is added to the JVM.
   */
  public void willChange() {
    live = true;
  }

  /** Returns whether targets will be replaced while the application runs. */
  public boolean mayChange() {
    return live;
  }

  /** Returns the names that are targets now. */
  public TargetNames targets() {
    return current.targets;
  }

  /**
   * Replaces the names, for all classes whose loading begins from now on.
   *
   * @param targets must not change any more
   * @param loaded classes that are loaded and that are targets by these names, or below one;
   *     classes below them are found even if their loaders show nobody their class files
   */
  public void replace(TargetNames targets, List<Class<?>> loaded) {
    View next = new View(targets);
    for (Class<?> type : loaded) {
      remember(next, type);
    }
    current = next;
  }

  /** Remembers a target, or a class below one, that is loaded. */
  private void remember(View view, Class<?> type) {
    String name = internalName(type);
    view(view, type.getClassLoader()).wasLoaded(name, above(view, type));
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
    View view = current;
    List<String> above = supertypesOf(view, className, loader, loaded, domain, classFile);
    if (above.isEmpty() && !view.targets.contains(className)) {
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
      View view,
      String className,
      ClassLoader loader,
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    if (LibraryPackages.contains(className)) {
      return Supertypes.NONE;
    }
    return loaded == null
        ? view(view, loader).of(className, classFile, loader, domain)
        : above(view, loaded);
  }

  private Supertypes view(View view, ClassLoader loader) {
    Supertypes found = view.supertypes.get(loader);
    if (found == null) {
      ClassLoader parent = loader.getParent();
      Supertypes above = isApplications(parent) ? view(view, parent) : null;
      TypeFiles known = files.get(loader);
      if (known == null) {
        known = files.putIfAbsent(loader, new TypeFiles(loader));
      }
      found =
          view.supertypes.putIfAbsent(
              loader, new Supertypes(view.targets.supertypes(), loader, above, known));
    }
    return found;
  }

  /**
   * Returns the targets above a class that is loaded, whose super types are therefore loaded too.
   */
  private static List<String> above(View view, Class<?> type) {
    List<String> found = new ArrayList<>();
    collectAbove(view, type, found);
    return found;
  }

  private static void collectAbove(View view, Class<?> type, List<String> found) {
    if (type.getSuperclass() != null) {
      collect(view, type.getSuperclass(), found);
    }
    for (Class<?> each : type.getInterfaces()) {
      collect(view, each, found);
    }
  }

  private static void collect(View view, Class<?> type, List<String> found) {
    String name = internalName(type);
    if (view.targets.supertypes().contains(name) && !found.contains(name)) {
      found.add(name);
    }
    collectAbove(view, type, found);
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
