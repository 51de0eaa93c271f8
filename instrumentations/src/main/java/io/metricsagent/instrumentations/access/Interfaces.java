package io.metricsagent.instrumentations.access;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the interfaces that a proxy in place of an object can have. Stateless. */
final class Interfaces {
  private Interfaces() {}

  /**
   * Returns all interfaces of an object that everyone may call. An interface that its module does
   * not export would refuse to be called by the agent.
   */
  static Set<Class<?>> of(Object object) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    collect(object.getClass(), interfaces);
    return interfaces;
  }

  private static void collect(Class<?> type, Set<Class<?>> into) {
    if (type.isInterface() && isOpenToAll(type)) {
      into.add(type);
    }
    for (Class<?> i : type.getInterfaces()) {
      collect(i, into);
    }
    if (type.getSuperclass() != null) {
      collect(type.getSuperclass(), into);
    }
  }

  /** Returns whether everyone may call an interface. */
  static boolean isOpenToAll(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName());
  }
}
