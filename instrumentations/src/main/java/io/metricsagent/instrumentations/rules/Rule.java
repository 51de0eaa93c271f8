package io.metricsagent.instrumentations.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What to weave, as data: built-in rules and those of users are the same thing. The {@link Row}
 * that a rule is in says what happens there.
 *
 * <p>A rule names library types by strings, so that no library is compiled against and reading the
 * rules loads no class of any.
 *
 * @param type fully qualified name of the target class or interface
 * @param subtypes whether classes below {@code type} are targets too; {@code type} itself always is
 * @param methods the methods to weave; several are alternatives that versions of the library chose
 *     from
 * @param optional whether {@code type} may lack all of the methods without that being worth a word
 * @param predecessor the method that older versions have in place of {@code methods}, or {@code
 *     null}
 * @param replacedArgument index of the argument that the handler may replace, or -1
 * @param replacesResult whether the handler may replace the result
 * @param user a type of the library that is measured, where {@code type} belongs to another one
 *     that much else uses too: only where both are seen is anything woven; else {@code null}
 */
public record Rule(
    String type,
    boolean subtypes,
    List<MethodTarget> methods,
    boolean optional,
    MethodTarget predecessor,
    int replacedArgument,
    boolean replacesResult,
    String user) {

  /** A rule for one class. */
  public static Rule forClass(String type, MethodTarget... methods) {
    return new Rule(type, false, List.of(methods), false, null, -1, false, null);
  }

  /** A rule for a class or interface and everything below it. */
  public static Rule forSubtypes(String type, MethodTarget... methods) {
    return new Rule(type, true, List.of(methods), false, null, -1, false, null);
  }

  /** Returns this rule for the same types in another package, which its methods name too. */
  public Rule moved(String from, String to) {
    List<MethodTarget> moved = new ArrayList<>();
    for (MethodTarget method : methods) {
      moved.add(method.moved(from, to));
    }
    return new Rule(
        type.replace(from, to),
        subtypes,
        List.copyOf(moved),
        optional,
        predecessor == null ? null : predecessor.moved(from, to),
        replacedArgument,
        replacesResult,
        user);
  }

  /** Returns this rule for types of which some versions have none of the methods. */
  public Rule whereThereIsOne() {
    return new Rule(
        type, subtypes, methods, true, predecessor, replacedArgument, replacesResult, user);
  }

  /**
   * Returns this rule for types whose older versions have {@code method} in place of the methods
   * asked for.
   */
  public Rule newerThan(MethodTarget method) {
    return new Rule(
        type, subtypes, methods, optional, method, replacedArgument, replacesResult, user);
  }

  /** Returns this rule with the right to replace an argument. */
  public Rule replacingArgument(int index) {
    return new Rule(type, subtypes, methods, optional, predecessor, index, replacesResult, user);
  }

  /** Returns this rule with the right to replace the result. */
  public Rule replacingResult() {
    return new Rule(type, subtypes, methods, optional, predecessor, replacedArgument, true, user);
  }

  /** Returns this rule for loaders that see a type of the library that is measured. */
  public Rule usedBy(String newUser) {
    return new Rule(
        type, subtypes, methods, optional, predecessor, replacedArgument, replacesResult, newUser);
  }

  /**
   * Returns whether a method, even an abstract one, shows that the type has the shape that the rule
   * knows.
   */
  public boolean isKnownShape(String methodName, String descriptor) {
    return matches(methodName, descriptor)
        || (predecessor != null && predecessor.matches(methodName, descriptor));
  }

  /** Returns whether a method is one to weave. */
  public boolean matches(String methodName, String descriptor) {
    for (MethodTarget method : methods) {
      if (method.matches(methodName, descriptor)) {
        return true;
      }
    }
    return false;
  }
}
