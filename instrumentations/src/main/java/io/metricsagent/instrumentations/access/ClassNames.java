package io.metricsagent.instrumentations.access;

import java.lang.reflect.Proxy;

/** Names classes for people. Stateless. */
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
   * Returns the simple name of an object's class.
   *
   * @param self {@code null} in a static method
   * @param declared full name of the class that the settings name
   */
  public static String of(Object self, String declared) {
    return self == null ? lastPart(declared) : of(self);
  }

  /**
   * Returns the simple name of an object's class, never empty: a generated subclass, such as {@code
   * Llm$$SpringCGLIB$$0}, is named as what it was generated from, a lambda as the class that it is
   * in; one without a name, such as an enum constant with methods of its own, as what it extends; a
   * {@link Proxy} as its first interface.
   */
  public static String of(Object self) {
    return SIMPLE.get(self.getClass());
  }

  /** Returns the full name of a class; that of a hidden one without its address. */
  public static String full(Class<?> type) {
    return withoutAddress(type.getName());
  }

  private static Class<?> named(Class<?> type) {
    Class<?> named = type;
    while (named.isAnonymousClass() || Proxy.isProxyClass(named)) {
      Class<?>[] interfaces = named.getInterfaces();
      if (interfaces.length == 0 && Proxy.isProxyClass(named)) {
        return Proxy.class; // a proxy of no interface
      }
      named = interfaces.length > 0 ? interfaces[0] : named.getSuperclass();
    }
    return named;
  }

  private static String lastPart(String name) {
    int generated = name.indexOf("$$");
    String plain = withoutAddress(generated > 0 ? name.substring(0, generated) : name);
    return plain.substring(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('$')) + 1);
  }

  private static String withoutAddress(String name) {
    int address = name.indexOf('/');
    return address < 0 ? name : name.substring(0, address);
  }
}
