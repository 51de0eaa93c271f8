package io.metricsagent.agent.rulefiles.check;

import java.util.List;
import java.util.stream.Collectors;

/** A type as far as the class files tell it. Immutable. */
sealed interface JavaType {
  String OBJECT = "java/lang/Object";

  /** A type that nothing is known of, such as a type variable without a bound. */
  JavaType UNKNOWN = new Of(OBJECT, List.of());

  /** Returns the type as in source. */
  String written();

  /**
   * A class or an interface.
   *
   * @param name with slashes
   * @param arguments the type arguments; none for a raw type
   */
  record Of(String name, List<JavaType> arguments) implements JavaType {
    @Override
    public String written() {
      return ClassFile.written(name)
          + (arguments.isEmpty()
              ? ""
              : arguments.stream()
                  .map(JavaType::written)
                  .collect(Collectors.joining(", ", "<", ">")));
    }

    /** Returns a type argument; unknown if there is none. */
    JavaType argument(int index) {
      return index < arguments.size() ? arguments.get(index) : UNKNOWN;
    }
  }

  /** An array. */
  record Array(JavaType element) implements JavaType {
    @Override
    public String written() {
      return element.written() + "[]";
    }
  }

  /** A primitive type or {@code void}, by its word in source. */
  record Primitive(String written) implements JavaType {}

  /** A type variable that is not replaced yet. */
  record Variable(String name) implements JavaType {
    @Override
    public String written() {
      return name;
    }
  }
}
