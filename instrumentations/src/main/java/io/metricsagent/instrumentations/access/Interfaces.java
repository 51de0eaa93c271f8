package io.metricsagent.instrumentations.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes proxies that stand in for objects of the application. Stateless. */
public final class Interfaces {
  private Interfaces() {}

  /**
   * Returns a proxy with all public interfaces of an object.
   *
   * @param original the object that the proxy stands in for
   * @param simpleName the simple name of an interface that the proxy must implement
   * @return {@code original} itself if it lacks the interface or if no proxy can be created
   */
  public static Object proxy(Object original, String simpleName, InvocationHandler handler) {
    Set<Class<?>> interfaces = of(original);
    for (Class<?> type : interfaces) {
      if (type.getSimpleName().equals(simpleName)) {
        return proxy(original, interfaces, type, handler);
      }
    }
    return original;
  }

  /** Returns all public interfaces of an object. */
  static Set<Class<?>> of(Object object) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    collect(object.getClass(), interfaces);
    return interfaces;
  }

  private static Object proxy(
      Object original, Set<Class<?>> all, Class<?> needed, InvocationHandler handler) {
    try {
      return Proxy.newProxyInstance(
          original.getClass().getClassLoader(), all.toArray(new Class<?>[0]), handler);
    } catch (IllegalArgumentException e) { // the object's loader does not see one of the interfaces
      return Proxy.newProxyInstance(needed.getClassLoader(), new Class<?>[] {needed}, handler);
    }
  }

  private static void collect(Class<?> type, Set<Class<?>> into) {
    if (type.isInterface() && Modifier.isPublic(type.getModifiers())) {
      into.add(type);
    }
    for (Class<?> i : type.getInterfaces()) {
      collect(i, into);
    }
    if (type.getSuperclass() != null) {
      collect(type.getSuperclass(), into);
    }
  }
}
