package io.metricsagent.instrumentations.access;

import java.lang.reflect.Proxy;

/** Finds readable names of classes. Stateless. */
public final class ClassNames {
  private static final ClassValue<String> SIMPLE =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return lastPart(named(type).getName());
        }
      };

  private ClassNames() {}

  /**
   * Returns the simple name of an object's class, or {@code otherwise} for {@code null}, the
   * receiver of a static method.
   */
  public static String of(Object self, String otherwise) {
    return self == null ? otherwise : of(self);
  }

  /** Returns the simple name of an object's class; see {@link #simple(Class)}. */
  public static String of(Object self) {
    return SIMPLE.get(self.getClass());
  }

  /**
   * Returns the simple name of a class, never empty. A generated subclass, such as {@code
   * Llm$$SpringCGLIB$$0}, has the name of its superclass; a singleton of Scala, whose class is
   * {@code Llm$}, has the name of the singleton; a lambda that of the class around it; an anonymous
   * class, such as an enum constant with methods of its own, that of its superclass; a {@link
   * Proxy} that of its first interface.
   */
  public static String simple(Class<?> type) {
    return SIMPLE.get(type);
  }

  /** Returns the simple name of the class with this full name, by the same rules. */
  public static String simple(String fullName) {
    return lastPart(fullName);
  }

  /** Returns the full name of a class; for a hidden class, without the address at its end. */
  public static String full(Class<?> type) {
    return withoutAddress(type.getName());
  }

  /** Returns whether a class or one of its super types has this full name. */
  public static boolean hasSupertype(Class<?> type, String name) {
    return supertype(type, name) != null;
  }

  /**
   * Returns the one of a class and its super types that has this full name, or {@code null}.
   *
   * @param type {@code null} has no super types
   */
  public static Class<?> supertype(Class<?> type, String name) {
    if (type == null || type.getName().equals(name)) {
      return type;
    }
    for (Class<?> i : type.getInterfaces()) {
      Class<?> found = supertype(i, name);
      if (found != null) {
        return found;
      }
    }
    return supertype(type.getSuperclass(), name);
  }

  private static Class<?> named(Class<?> type) {
    Class<?> named = type;
    while (named.isAnonymousClass() || Proxy.isProxyClass(named)) {
      Class<?>[] interfaces = named.getInterfaces();
      if (interfaces.length == 0 && Proxy.isProxyClass(named)) {
        return Proxy.class; // a proxy without interfaces
      }
      named = interfaces.length > 0 ? interfaces[0] : named.getSuperclass();
    }
    return named;
  }

  private static String lastPart(String name) {
    int generated = name.indexOf("$$");
    String plain = withoutAddress(generated > 0 ? name.substring(0, generated) : name);
    while (plain.length() > 1 && plain.endsWith("$")) { // a singleton of Scala
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain.substring(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('$')) + 1);
  }

  private static String withoutAddress(String name) {
    int address = name.indexOf('/');
    return address < 0 ? name : name.substring(0, address);
  }
}
