package io.metricsagent.instrumentations.tracing;

import java.lang.ref.WeakReference;
import java.util.List;

/**
 * One copy of a class of OpenTelemetry's API that the application or another agent has loaded. Does
 * not keep the copy's class loader alive. Thread-safe.
 *
 * @param <M> the methods of the class to call
 */
public final class ApiCopy<M> {
  private final ClassValue<M> ofClass;
  private final String name;
  private final String context;
  private final WeakReference<ClassLoader> loader;
  private volatile WeakReference<Class<?>> found;

  /** The loaders of contexts in use, until it is known whether this copy's loader is among them. */
  private volatile List<WeakReference<ClassLoader>> users;

  /**
   * Names a copy.
   *
   * @param ofClass makes the methods to call; {@code null} for a class that lacks them
   * @param name the binary name of the class
   * @param context the binary name of its class {@code Context}, or {@code null} if contexts are in
   *     use already
   * @param loader {@code null} for the bootstrap loader
   */
  ApiCopy(ClassValue<M> ofClass, String name, String context, ClassLoader loader) {
    this.ofClass = ofClass;
    this.name = name;
    this.context = context;
    this.loader = loader == null ? null : new WeakReference<>(loader);
  }

  boolean isSameAs(ApiCopy<M> other) {
    return loader == null
        ? other.loader == null
        : other.loader != null && loader.refersTo(other.loader.get());
  }

  /**
   * Returns whether the application may have used this copy. The class of contexts may come from
   * another loader than this class. It is looked up when the copy is first called, because no class
   * may be loaded while another class is being loaded.
   *
   * @param loaders the loaders of the contexts in use so far
   */
  boolean mayBeAsked(List<WeakReference<ClassLoader>> loaders) {
    if (context == null) {
      return true;
    }
    if (loaders.isEmpty()) {
      return false;
    }
    synchronized (this) {
      users = List.copyOf(loaders);
    }
    return true;
  }

  /** Returns whether the copy's class loader was collected. */
  boolean isGone() {
    return loader != null && loader.refersTo(null);
  }

  /** Returns the methods to call; {@code null} as long as the application uses no context. */
  public M methods() {
    Class<?> type = type();
    return type == null ? null : ofClass.get(type);
  }

  private Class<?> type() {
    WeakReference<Class<?>> known = found;
    if (known != null) {
      return known.get();
    }
    ClassLoader from = loader == null ? null : loader.get();
    if (from == null && loader != null) {
      return null;
    }
    if (context != null && !isUsed(from)) {
      return null;
    }
    Class<?> type;
    try {
      type = Class.forName(name, false, from);
    } catch (ClassNotFoundException | LinkageError e) {
      type = Void.class; // Void has none of the methods, and the class is not looked up again
    }
    found = new WeakReference<>(type);
    return type;
  }

  /** Returns whether the contexts of this copy are in use; looks once for each new loader. */
  private boolean isUsed(ClassLoader from) {
    List<WeakReference<ClassLoader>> unchecked = users;
    if (unchecked == null) {
      return false;
    }
    try {
      ClassLoader ofContexts = Class.forName(context, false, from).getClassLoader();
      for (WeakReference<ClassLoader> user : unchecked) {
        if (user.refersTo(ofContexts)) {
          return true;
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // A copy without a context class is not supported.
    }
    forget(unchecked);
    return false;
  }

  private synchronized void forget(List<WeakReference<ClassLoader>> checked) {
    if (users == checked) { // else another thread has added a loader
      users = null;
    }
  }
}
