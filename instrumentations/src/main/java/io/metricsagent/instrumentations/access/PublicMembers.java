package io.metricsagent.instrumentations.access;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Finds public methods and fields of classes that the agent is not compiled against. Stateless. */
public final class PublicMembers {
  private PublicMembers() {}

  /**
   * Returns a public method with a result, or {@code null}. Only public classes and interfaces are
   * looked at, since the class itself is often not public.
   */
  static MethodHandle method(Class<?> type, String name, Class<?>... parameters) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      MethodHandle handle = declaredIn(c, name, parameters);
      if (handle != null) {
        return handle;
      }
      for (Class<?> i : c.getInterfaces()) {
        handle = method(i, name, parameters);
        if (handle != null) {
          return handle;
        }
      }
    }
    return null;
  }

  private static MethodHandle declaredIn(Class<?> type, String name, Class<?>... parameters) {
    if (!Modifier.isPublic(type.getModifiers())) {
      return null;
    }
    try {
      Method declared = type.getDeclaredMethod(name, parameters);
      return isGetter(declared) ? MethodHandles.publicLookup().unreflect(declared) : null;
    } catch (NoSuchMethodException | IllegalAccessException | LinkageError e) {
      return null;
    }
  }

  private static boolean isGetter(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && method.getReturnType() != void.class;
  }

  /**
   * Returns a public method without arguments and with a result, or {@code null}. The class may be
   * hidden in its package or module, if the JVM lets the agent open it.
   */
  public static MethodHandle ownMethod(Class<?> type, String name) {
    MethodHandle found = method(type, name);
    return found == null ? hiddenMethod(type, name) : found;
  }

  private static MethodHandle hiddenMethod(Class<?> type, String name) {
    try {
      Method hidden = type.getMethod(name);
      if (!isGetter(hidden)) {
        return null;
      }
      hidden.setAccessible(true);
      return MethodHandles.lookup().unreflect(hidden);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null; // there is none, or its module is closed
    }
  }

  /** Returns the getter of a public field, or {@code null}; see {@link #ownMethod}. */
  public static MethodHandle ownField(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      if (Modifier.isStatic(field.getModifiers())) {
        return null;
      }
      if (!Modifier.isPublic(field.getDeclaringClass().getModifiers())) {
        field.setAccessible(true);
      }
      return MethodHandles.lookup().unreflectGetter(field);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
