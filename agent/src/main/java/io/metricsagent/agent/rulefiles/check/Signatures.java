package io.metricsagent.agent.rulefiles.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the generic signatures of class files (JVMS §4.7.9.1), and descriptors, which have the same
 * form. Not thread-safe; a signature that is broken makes an exception of the index.
 */
final class Signatures {
  private final String text;
  private int at;

  private Signatures(String text) {
    this.text = text;
  }

  /** The types of a method; its own type variables are replaced by their bounds. */
  record MethodTypes(List<JavaType> parameters, JavaType result) {}

  /** The super types of a class, the class first, then interfaces. */
  record ClassTypes(Map<String, JavaType> variables, List<JavaType> supertypes) {}

  static MethodTypes method(String signature) {
    Signatures reader = new Signatures(signature);
    Map<String, JavaType> variables = reader.variables();
    List<JavaType> parameters = new ArrayList<>();
    reader.at++; // (
    while (reader.text.charAt(reader.at) != ')') {
      parameters.add(replaced(reader.type(), variables));
    }
    reader.at++;
    return new MethodTypes(parameters, replaced(reader.type(), variables));
  }

  static ClassTypes type(String signature) {
    Signatures reader = new Signatures(signature);
    Map<String, JavaType> variables = reader.variables();
    List<JavaType> supertypes = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      supertypes.add(reader.type());
    }
    return new ClassTypes(variables, supertypes);
  }

  static JavaType field(String signature) {
    return new Signatures(signature).type();
  }

  /** Returns a type with its variables replaced; variables that are not known stay. */
  static JavaType replaced(JavaType type, Map<String, JavaType> variables) {
    if (type instanceof JavaType.Variable variable) {
      return variables.getOrDefault(variable.name(), type);
    }
    if (type instanceof JavaType.Array array) {
      return new JavaType.Array(replaced(array.element(), variables));
    }
    if (type instanceof JavaType.Of of && !of.arguments().isEmpty()) {
      List<JavaType> arguments = new ArrayList<>();
      for (JavaType argument : of.arguments()) {
        arguments.add(replaced(argument, variables));
      }
      return new JavaType.Of(of.name(), arguments);
    }
    return type;
  }

  /** Reads {@code <T:Bound;>} if it is there: the variables with their first bounds. */
  private Map<String, JavaType> variables() {
    Map<String, JavaType> variables = new LinkedHashMap<>();
    if (text.charAt(at) != '<') {
      return variables;
    }
    at++;
    while (text.charAt(at) != '>') {
      int colon = text.indexOf(':', at);
      String name = text.substring(at, colon);
      at = colon;
      JavaType first = null;
      while (text.charAt(at) == ':') {
        at++;
        if (text.charAt(at) != ':' && text.charAt(at) != '>') {
          JavaType bound = type();
          first = first == null ? bound : first;
        }
      }
      // A bound may name another variable, or this one: more than that is not needed here.
      variables.put(name, first instanceof JavaType.Of ? first : JavaType.UNKNOWN);
    }
    at++;
    return variables;
  }

  private JavaType type() {
    char kind = text.charAt(at++);
    return switch (kind) {
      case '[' -> new JavaType.Array(type());
      case 'T' -> {
        int end = text.indexOf(';', at);
        String name = text.substring(at, end);
        at = end + 1;
        yield new JavaType.Variable(name);
      }
      case 'L' -> ofClass();
      case '*' -> JavaType.UNKNOWN;
      case '+', '-' -> type();
      case 'Z' -> new JavaType.Primitive("boolean");
      case 'B' -> new JavaType.Primitive("byte");
      case 'C' -> new JavaType.Primitive("char");
      case 'S' -> new JavaType.Primitive("short");
      case 'I' -> new JavaType.Primitive("int");
      case 'J' -> new JavaType.Primitive("long");
      case 'F' -> new JavaType.Primitive("float");
      case 'D' -> new JavaType.Primitive("double");
      default -> new JavaType.Primitive("void");
    };
  }

  private JavaType ofClass() {
    StringBuilder name = new StringBuilder();
    List<JavaType> arguments = new ArrayList<>();
    while (true) {
      char c = text.charAt(at++);
      switch (c) {
        case ';' -> {
          return new JavaType.Of(name.toString(), arguments);
        }
        case '.' -> { // an inner class of a generic one
          name.append('$');
          arguments.clear();
        }
        case '<' -> {
          while (text.charAt(at) != '>') {
            arguments.add(type());
          }
          at++;
        }
        default -> name.append(c);
      }
    }
  }
}
