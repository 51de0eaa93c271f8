package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.rules.MethodTarget;
import java.util.ArrayList;
import java.util.List;

/** Reads the names of types and methods. Stateless. */
final class Names {
  private static final String[] OF_THE_JDK = {"java.", "javax.", "jdk."};

  /** Types that need no package, as in source; what else is there is rarely a parameter. */
  private static final List<String> JAVA_LANG =
      List.of(
          "Boolean",
          "Byte",
          "CharSequence",
          "Character",
          "Class",
          "Double",
          "Float",
          "Integer",
          "Iterable",
          "Long",
          "Number",
          "Object",
          "Runnable",
          "Short",
          "String",
          "Throwable");

  private static final List<String> PRIMITIVES =
      List.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

  private Names() {}

  /** Returns what is wrong with the name of a rule's type, or {@code null}. */
  static String wrongType(String name) {
    if (name.indexOf('*') >= 0) {
      return "\""
          + name
          + "\" would match every class; name one class or interface, and its subtypes are"
          + " measured, too";
    }
    if (name.indexOf('/') >= 0) {
      return "\"" + name + "\" has slashes; write dots, as in " + name.replace('/', '.');
    }
    if (!isTypeName(name)) {
      return "\""
          + name
          + "\" is not the full name of a class or interface; write it as in com.acme.Llm, or"
          + " com.acme.Outer$Inner";
    }
    for (String prefix : OF_THE_JDK) {
      if (name.startsWith(prefix)) {
        return name
            + " belongs to the JDK, whose classes are not measured; name the class of yours that"
            + " uses it";
      }
    }
    return null;
  }

  private static boolean isTypeName(String name) {
    int from = 0;
    while (true) {
      int dot = name.indexOf('.', from);
      if (!isIdentifier(name.substring(from, dot < 0 ? name.length() : dot), "")) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      from = dot + 1;
    }
  }

  /**
   * Returns whether a text is the name of a Java element.
   *
   * @param more further characters that it may have after the first one
   */
  private static boolean isIdentifier(String text, String more) {
    if (text.isEmpty() || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isIdentifierIgnorable(c)
          || !(Character.isJavaIdentifierPart(c) || more.indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the method that a text names: {@code name} or {@code name(java.lang.String, int[])}.
   *
   * @throws IllegalArgumentException if it names none; the message says what to write instead
   */
  static MethodTarget method(String text) {
    int open = text.indexOf('(');
    String name = (open < 0 ? text : text.substring(0, open)).trim();
    if (name.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" would match every method; write the names of the methods");
    }
    if (name.equals(MethodTarget.CONSTRUCTOR)) {
      throw new IllegalArgumentException(
          "constructors are not measured; name a method that the object is used by");
    }
    if (!isIdentifier(name, "-")) { // some names of Kotlin's have a hyphen
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not the name of a method; write a name, or a name and types, as in"
              + " complete(java.lang.String, int)");
    }
    if (open < 0) {
      return MethodTarget.named(name);
    }
    if (!text.endsWith(")")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" does not end with ); write types only, and no result");
    }
    return MethodTarget.withParameters(
        name, parameters(text.substring(open + 1, text.length() - 1)).toArray(new String[0]));
  }

  private static List<String> parameters(String list) {
    List<String> types = new ArrayList<>();
    int from = list.isBlank() ? list.length() + 1 : 0;
    while (from <= list.length()) {
      int comma = list.indexOf(',', from);
      int end = comma < 0 ? list.length() : comma;
      types.add(parameter(list.substring(from, end).trim()));
      from = end + 1;
    }
    return types;
  }

  private static String parameter(String written) {
    String type = written.endsWith("...") ? written.substring(0, written.length() - 3) : written;
    StringBuilder brackets = new StringBuilder(type.length() < written.length() ? "[]" : "");
    while (type.endsWith("[]")) {
      type = type.substring(0, type.length() - 2).trim();
      brackets.append("[]");
    }
    if (type.indexOf('<') >= 0 || type.indexOf('>') >= 0) {
      throw new IllegalArgumentException(
          "\"" + written + "\" has type arguments; leave them out, as in java.util.List");
    }
    if (!isTypeName(type)) {
      throw new IllegalArgumentException(
          "\""
              + written
              + "\" is no type of a parameter; write it as in java.lang.String or int[]");
    }
    return (JAVA_LANG.contains(type) ? "java.lang." + type : checked(type)) + brackets;
  }

  private static String checked(String type) {
    if (type.indexOf('.') < 0
        && !PRIMITIVES.contains(type)
        && !Character.isUpperCase(type.charAt(0))) {
      throw new IllegalArgumentException(
          "\"" + type + "\" is no type; write a full name, as in com.acme.Request, or int");
    }
    return type;
  }
}
