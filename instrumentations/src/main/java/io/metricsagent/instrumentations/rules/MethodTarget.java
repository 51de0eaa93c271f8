package io.metricsagent.instrumentations.rules;

/**
 * A method that a rule names.
 *
 * @param name the method's name
 * @param descriptor the method's descriptor as in the class file; its beginning up to {@code )} for
 *     any result; {@code )V} for every method with the name that is void, {@code )*} for every one
 *     that is not, {@code null} for both
 */
public record MethodTarget(String name, String descriptor) {
  /**
   * The name of constructors, whose result is {@code void}. A handler is entered and left where the
   * constructor returns, with the object as its receiver; it is not told of one that throws.
   */
  public static final String CONSTRUCTOR = "<init>";

  private static final String NO_RESULT = ")V";
  private static final String SOME_RESULT = ")*";

  /**
   * Returns a target for one exact method.
   *
   * @param returns the method's return type, as in source: {@code void}, {@code long}, {@code
   *     java.util.List}, {@code java.lang.Object[]}
   * @param parameters the types of the method's parameters, as in source
   */
  public static MethodTarget method(String name, String returns, String... parameters) {
    StringBuilder descriptor = new StringBuilder("(");
    for (String parameter : parameters) {
      appendType(descriptor, parameter);
    }
    descriptor.append(')');
    appendType(descriptor, returns);
    return new MethodTarget(name, descriptor.toString());
  }

  /**
   * Returns a target for the methods with a name and parameters, whatever their result is.
   *
   * @param parameters the types of the method's parameters, as in source
   */
  public static MethodTarget withParameters(String name, String... parameters) {
    StringBuilder descriptor = new StringBuilder("(");
    for (String parameter : parameters) {
      appendType(descriptor, parameter);
    }
    return new MethodTarget(name, descriptor.append(')').toString());
  }

  /** Returns a target for all methods with a name. */
  public static MethodTarget named(String name) {
    return new MethodTarget(name, null);
  }

  /** Returns a target for the methods with a name that have no result. */
  public static MethodTarget withoutResult(String name) {
    return new MethodTarget(name, NO_RESULT);
  }

  /** Returns a target for the methods with a name that have a result. */
  public static MethodTarget withResult(String name) {
    return new MethodTarget(name, SOME_RESULT);
  }

  private static void appendType(StringBuilder descriptor, String type) {
    String element = type;
    while (element.endsWith("[]")) {
      descriptor.append('[');
      element = element.substring(0, element.length() - 2);
    }
    switch (element) {
      case "void" -> descriptor.append('V');
      case "boolean" -> descriptor.append('Z');
      case "byte" -> descriptor.append('B');
      case "char" -> descriptor.append('C');
      case "short" -> descriptor.append('S');
      case "int" -> descriptor.append('I');
      case "long" -> descriptor.append('J');
      case "float" -> descriptor.append('F');
      case "double" -> descriptor.append('D');
      default -> descriptor.append('L').append(element.replace('.', '/')).append(';');
    }
  }

  /**
   * Returns this target with the types that begin with {@code from} moved to {@code to}, also where
   * a compiler has made a type's name a part of the method's, with {@code $} for each dot.
   */
  MethodTarget moved(String from, String to) {
    String movedName = name.replace(from.replace('.', '$'), to.replace('.', '$'));
    return new MethodTarget(
        movedName,
        descriptor == null
            ? null
            : descriptor.replace(from.replace('.', '/'), to.replace('.', '/')));
  }

  /** Returns whether a method is this target. */
  public boolean matches(String methodName, String methodDescriptor) {
    if (!name.equals(methodName)) {
      return false;
    }
    if (NO_RESULT.equals(descriptor)) {
      return methodDescriptor.endsWith(NO_RESULT);
    }
    if (SOME_RESULT.equals(descriptor)) {
      return !methodDescriptor.endsWith(NO_RESULT);
    }
    if (descriptor == null || descriptor.equals(methodDescriptor)) {
      return true;
    }
    return descriptor.endsWith(")") && methodDescriptor.startsWith(descriptor);
  }

  @Override
  public String toString() {
    return isAnyOfItsName() ? name : name + descriptor;
  }

  private boolean isAnyOfItsName() {
    return descriptor == null || descriptor.equals(NO_RESULT) || descriptor.equals(SOME_RESULT);
  }

  /** Returns the method as in source, without its result: {@code add(int, java.lang.String[])}. */
  public String written() {
    if (isAnyOfItsName()) {
      return name;
    }
    StringBuilder text = new StringBuilder(name).append('(');
    int at = 1;
    while (at < descriptor.length() && descriptor.charAt(at) != ')') {
      text.append(at == 1 ? "" : ", ");
      at = appendWritten(text, at);
    }
    return text.append(')').toString();
  }

  /** Appends the type that begins at a place of the descriptor, and returns the place behind it. */
  private int appendWritten(StringBuilder text, int from) {
    int at = from;
    while (descriptor.charAt(at) == '[') {
      at++;
    }
    int end = descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    switch (descriptor.charAt(at)) {
      case 'Z' -> text.append("boolean");
      case 'B' -> text.append("byte");
      case 'C' -> text.append("char");
      case 'S' -> text.append("short");
      case 'I' -> text.append("int");
      case 'J' -> text.append("long");
      case 'F' -> text.append("float");
      case 'D' -> text.append("double");
      default -> text.append(descriptor.substring(at + 1, end - 1).replace('/', '.'));
    }
    for (int i = from; i < at; i++) {
      text.append("[]");
    }
    return end;
  }
}
