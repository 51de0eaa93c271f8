package io.metricsagent.instrumentations.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.function.Predicate;

/**
 * The diagnostic context (MDC) of one copy of a log library, which the application has loaded. It
 * is asked only once the application has initialised it, since its initialisation chooses and
 * starts the log library. Does not keep the copy's class loader alive. Thread-safe.
 */
final class LogContext {
  /** The method {@code get}; stored with the class and collected with it. */
  static final class Getter extends ClassValue<MethodHandle> {
    @Override
    protected MethodHandle computeValue(Class<?> type) {
      try {
        Method method = type.getMethod("get", String.class);
        return MethodHandles.publicLookup()
            .unreflect(method)
            .asType(MethodType.methodType(Object.class, String.class));
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return null;
      }
    }
  }

  private final String name;
  private final WeakReference<ClassLoader> loader;
  private final ClassValue<MethodHandle> getter;
  private final Predicate<Class<?>> initialised;
  private volatile WeakReference<Class<?>> found;
  private volatile boolean inUse;

  /**
   * Names a copy.
   *
   * @param name the binary name of the class
   * @param initialised tells whether a class is initialised; cheap, takes no lock
   */
  LogContext(
      String name,
      ClassLoader loader,
      ClassValue<MethodHandle> getter,
      Predicate<Class<?>> initialised) {
    this.name = name;
    this.loader = new WeakReference<>(loader);
    this.getter = getter;
    this.initialised = initialised;
  }

  boolean isSameAs(LogContext other) {
    return name.equals(other.name) && loader.refersTo(other.loader.get());
  }

  /** Returns whether the copy's class loader was collected. */
  boolean isGone() {
    return loader.refersTo(null);
  }

  /** Returns what this thread's context has under a key; {@code null} if that is no text. */
  String get(String key) {
    Class<?> type = type();
    MethodHandle get = type == null ? null : getter.get(type);
    if (get == null) {
      return null;
    }
    try {
      Object value = (Object) get.invokeExact(key);
      return value instanceof String text ? text : null;
    } catch (Throwable e) { // a fault of the log library is not the agent's to report
      return null;
    }
  }

  /** Returns the class; {@code null} as long as it is not initialised. */
  private Class<?> type() {
    WeakReference<Class<?>> known = found;
    Class<?> type = known == null ? find() : known.get();
    if (type == null || inUse) {
      return type;
    }
    if (!initialised.test(type)) {
      return null;
    }
    inUse = true;
    return type;
  }

  /** Looks the class up when it is first asked, because while it is loaded nothing may be. */
  private Class<?> find() {
    ClassLoader from = loader.get();
    if (from == null) {
      return null;
    }
    Class<?> type;
    try {
      type = Class.forName(name, false, from);
    } catch (ClassNotFoundException | LinkageError e) {
      type = Void.class; // Void has no such method, and the class is not looked up again
    }
    found = new WeakReference<>(type);
    return type;
  }
}
