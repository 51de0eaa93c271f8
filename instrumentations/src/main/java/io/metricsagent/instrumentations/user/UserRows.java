package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.user.model.TargetType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the rows of a module; a method has one row of a kind. Not thread-safe. */
final class UserRows {
  private final List<UserRow> rows = new ArrayList<>();
  private final Map<String, List<MethodTarget>> methods = new HashMap<>();

  List<UserRow> rows() {
    return rows;
  }

  /**
   * Returns the id of a method's row; {@code null} if a row of this kind is for the method already,
   * or for one of its overloads if either names all of them.
   *
   * @param kind the first part of the id, as in {@code tool:}
   */
  String newId(String kind, TargetType type, MethodTarget method) {
    String name = kind + type.name() + "." + method.name();
    List<MethodTarget> known = methods.get(name);
    if (known == null) {
      known = new ArrayList<>();
      methods.put(name, known);
    }
    for (MethodTarget other : known) {
      if (other.descriptor() == null
          || method.descriptor() == null
          || other.descriptor().equals(method.descriptor())) {
        return null;
      }
    }
    known.add(method);
    return kind + type.name() + "." + method.written();
  }

  void add(UserRow row) {
    rows.add(row);
  }

  /** Returns what to weave for a method: one rule for each name that its type may have. */
  static List<Rule> rules(TargetType type, MethodTarget method) {
    String nested = asNested(type.name());
    Rule rule = rule(type.name(), type.subtypes(), method);
    return nested.equals(type.name())
        ? List.of(rule)
        : List.of(rule, rule(nested, type.subtypes(), method));
  }

  private static Rule rule(String type, boolean subtypes, MethodTarget method) {
    return subtypes ? Rule.forSubtypes(type, method) : Rule.forClass(type, method);
  }

  /**
   * Returns the name of a nested class that was written as in source: {@code com.acme.Outer$Inner}
   * for {@code com.acme.Outer.Inner}, by the custom that only types begin with a capital.
   */
  private static String asNested(String type) {
    StringBuilder name = new StringBuilder(type);
    boolean inType = false;
    for (int i = 0; i < type.length(); i++) {
      if (type.charAt(i) == '.' && inType) {
        name.setCharAt(i, '$');
      } else if (i == 0 || type.charAt(i - 1) == '.') {
        inType |= Character.isUpperCase(type.charAt(i));
      }
    }
    return name.toString();
  }
}
