package io.metricsagent.instrumentations.user;

/** Names classes for people. Stateless. */
final class ClassNames {
  private static final ClassValue<String> SIMPLE =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return simple(type);
        }
      };

  private ClassNames() {}

  /**
   * Returns the simple name of an object's class.
   *
   * @param self {@code null} in a static method
   * @param declared full name of the class that the settings name
   */
  static String of(Object self, String declared) {
    return self == null ? lastPart(declared) : SIMPLE.get(self.getClass());
  }

  /**
   * A generated subclass, such as {@code Llm$$SpringCGLIB$$0}, is named as what it was generated
   * from; an anonymous one as what it extends.
   */
  private static String simple(Class<?> type) {
    Class<?> named = type;
    while (named.isAnonymousClass()) {
      named = named.getInterfaces().length > 0 ? named.getInterfaces()[0] : named.getSuperclass();
    }
    return lastPart(named.getName());
  }

  private static String lastPart(String name) {
    int generated = name.indexOf("$$");
    String plain = generated > 0 ? name.substring(0, generated) : name;
    return plain.substring(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('$')) + 1);
  }
}
