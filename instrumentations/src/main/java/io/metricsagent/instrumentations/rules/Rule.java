package io.metricsagent.instrumentations.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What to weave, as data: built-in rules and rules of users are of the same kind. The {@link Row}
 * that contains a rule says which handler the woven methods call.
 *
 * <p>A rule names library types by strings, so that the agent is not compiled against any library,
 * and reading the rules loads no class of a library.
 *
 * @param type fully qualified name of the target class or interface
 * @param subtypes whether classes below {@code type} are targets too; {@code type} itself always is
 * @param methods the methods to weave; different versions of the library may have different ones
 * @param optional whether {@code type} may lack all of the methods without a warning
 * @param predecessor the method that older versions have instead of {@code methods}, or {@code
 *     null}
 * @param replacedArgument index of the argument that the handler may replace, or -1
 * @param replacesResult whether the handler may replace the result
 * @param user a type of the measured library, if {@code type} belongs to a library that other
 *     software uses too: then a class is woven only if its loader sees {@code user}. Else {@code
 *     null}
 * @param arguments what the handler gets of the arguments
 */
public record Rule(
    String type,
    boolean subtypes,
    List<MethodTarget> methods,
    boolean optional,
    MethodTarget predecessor,
    int replacedArgument,
    boolean replacesResult,
    String user,
    PassedArguments arguments) {

  /** Returns a rule for one class. */
  public static Rule forClass(String type, MethodTarget... methods) {
    return new Rule(
        type, false, List.of(methods), false, null, -1, false, null, PassedArguments.OBJECTS);
  }

  /** Returns a rule for a class or interface and all its subtypes. */
  public static Rule forSubtypes(String type, MethodTarget... methods) {
    return new Rule(
        type, true, List.of(methods), false, null, -1, false, null, PassedArguments.OBJECTS);
  }

  /**
   * Returns this rule with all types that begin with {@code from} moved to {@code to}, also in the
   * methods.
   */
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
        user,
        arguments);
  }

  /** Returns this rule for a type that has none of the methods in some versions. */
  public Rule whereThereIsOne() {
    return new Rule(
        type,
        subtypes,
        methods,
        true,
        predecessor,
        replacedArgument,
        replacesResult,
        user,
        arguments);
  }

  /**
   * Returns this rule for a type whose older versions have {@code method} instead of the rule's
   * methods.
   */
  public Rule newerThan(MethodTarget method) {
    return new Rule(
        type,
        subtypes,
        methods,
        optional,
        method,
        replacedArgument,
        replacesResult,
        user,
        arguments);
  }

  /** Returns this rule with the right to replace an argument. */
  public Rule replacingArgument(int index) {
    return new Rule(
        type, subtypes, methods, optional, predecessor, index, replacesResult, user, arguments);
  }

  /** Returns this rule with the right to replace the result. */
  public Rule replacingResult() {
    return new Rule(
        type, subtypes, methods, optional, predecessor, replacedArgument, true, user, arguments);
  }

  /** Returns this rule for loaders that see {@code newUser}, a type of the measured library. */
  public Rule usedBy(String newUser) {
    return new Rule(
        type,
        subtypes,
        methods,
        optional,
        predecessor,
        replacedArgument,
        replacesResult,
        newUser,
        arguments);
  }

  /**
   * Returns this rule with primitive arguments boxed, for methods that are not called often: a
   * boxed number takes memory at each call.
   */
  public Rule boxingPrimitives() {
    return passing(PassedArguments.WITH_PRIMITIVES);
  }

  /** Returns this rule for methods all of whose arguments are content that is kept. */
  public Rule withAllArguments() {
    return passing(PassedArguments.ALL);
  }

  /** Returns this rule for a handler that gets the arguments in another way. */
  public Rule passing(PassedArguments newArguments) {
    return new Rule(
        type,
        subtypes,
        methods,
        optional,
        predecessor,
        replacedArgument,
        replacesResult,
        user,
        newArguments);
  }

  /**
   * Returns whether a method, even an abstract one, shows that the rule knows this version of the
   * type.
   */
  public boolean isKnownShape(String methodName, String descriptor) {
    return matches(methodName, descriptor)
        || (predecessor != null && predecessor.matches(methodName, descriptor));
  }

  /** Returns whether the rule weaves a method. */
  public boolean matches(String methodName, String descriptor) {
    for (MethodTarget method : methods) {
      if (method.matches(methodName, descriptor)) {
        return true;
      }
    }
    return false;
  }
}
