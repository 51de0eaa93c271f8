package io.metricsagent.instrumentations.user;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses {@code com.acme.Llm[complete,stream];com.acme.Other[call]}, the grammar of OpenTelemetry's
 * {@code methods.include}. A role may follow the method of a mailbox, as in {@code
 * com.acme.Mailbox[offer=send,poll=receive]}.
 */
final class IncludeParser {
  /** One type and its methods as written. */
  record Entry(String type, List<String> methods) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private IncludeParser() {}

  static IncludeParser parse(String text) {
    IncludeParser parser = new IncludeParser();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf(';', from);
      end = end < 0 ? text.length() : end;
      String part = text.substring(from, end).trim();
      if (!part.isEmpty()) {
        parser.entry(part);
      }
      from = end + 1;
    }
    return parser;
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> problems() {
    return problems;
  }

  private void entry(String part) {
    int open = part.indexOf('[');
    if (open < 1 || !part.endsWith("]")) {
      problems.add(
          "\"" + part + "\" is not of the form com.acme.Llm[complete,stream]; it is left out");
      return;
    }
    String type = part.substring(0, open).trim();
    if (!isTypeName(type)) {
      problems.add(
          "\""
              + type
              + "\" is not the full name of a class or interface; write it as in com.acme.Llm, or"
              + " com.acme.Outer$Inner");
      return;
    }
    if (type.startsWith("java.") || type.startsWith("javax.") || type.startsWith("jdk.")) {
      problems.add(
          type
              + " belongs to the JDK, whose classes are not measured; name the class of yours that"
              + " uses it");
      return;
    }
    if (part.indexOf(']') < part.length() - 1) {
      problems.add(
          "\""
              + part
              + "\" has more than one class; separate classes by ; as in"
              + " com.acme.Llm[complete,stream];com.acme.Other[call]");
      return;
    }
    List<String> methods = new ArrayList<>();
    for (String method : part.substring(open + 1, part.length() - 1).split(",", -1)) {
      String name = method.trim();
      if (isMethod(name)) {
        methods.add(name);
      } else {
        problems.add(
            type
                + ": \""
                + name
                + "\" is not the name of a method; write names only, as in [complete,stream]");
      }
    }
    if (!methods.isEmpty()) {
      entries.add(new Entry(type, methods));
    }
  }

  private static boolean isTypeName(String name) {
    for (String part : name.split("\\.", -1)) {
      if (!isIdentifier(part)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a text is a method's name, or a name and a role. */
  private static boolean isMethod(String text) {
    int equals = text.indexOf('=');
    return isIdentifier(equals < 0 ? text : text.substring(0, equals).trim());
  }

  private static boolean isIdentifier(String text) {
    if (text.isEmpty() || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!Character.isJavaIdentifierPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
