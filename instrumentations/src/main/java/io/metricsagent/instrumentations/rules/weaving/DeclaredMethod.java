package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method of a class that is woven.
 *
 * @param place where the class file has the method
 * @param sites how many sites weave the method
 * @param maxLocals the number of slots of the method's own variables; 0 if no site weaves it
 */
record DeclaredMethod(
    int place, int access, String name, String descriptor, int sites, int maxLocals) {
  private static final int NOT_WOVEN = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

  boolean hasKnownShape(Rule rule) {
    return rule.isKnownShape(name, descriptor);
  }

  /** Returns whether a rule asks for this method, which is native. */
  boolean isNative(Rule rule) {
    return rule.matches(name, descriptor) && (access & Opcodes.ACC_NATIVE) != 0;
  }

  /**
   * Returns whether a rule asks for this method, which is suspended before it has ended, and the
   * rule does not follow calls.
   */
  boolean isSuspended(Rule rule) {
    return rule.matches(name, descriptor) && isSuspended(rule, descriptor);
  }

  private static boolean isSuspended(Rule rule, String descriptor) {
    return !rule.follows() && Callbacks.suspends(descriptor);
  }

  boolean isWovenBy(Rule rule) {
    return sites > 0 && isWovenBy(rule, access, name, descriptor);
  }

  /**
   * Returns whether a rule weaves a method. Abstract and native methods have no code. Bridges only
   * call the method that is woven anyway. Of an initialiser, only a constructor is woven, at its
   * end ({@link ConstructorInserter}), and nothing is replaced there. A suspending function of
   * Kotlin returns before it has ended, and is called again for each part of it, so only rules that
   * follow calls weave it.
   */
  static boolean isWovenBy(Rule rule, int access, String name, String descriptor) {
    return rule.matches(name, descriptor)
        && (access & NOT_WOVEN) == 0
        && !isBridge(access)
        && !isSuspended(rule, descriptor)
        && (name.charAt(0) != '<' || isConstructor(name))
        && rule.replacedArgument() < Type.getArgumentCount(descriptor);
  }

  boolean isConstructor() {
    return isConstructor(name);
  }

  private static boolean isConstructor(String name) {
    return name.equals(MethodTarget.CONSTRUCTOR);
  }

  /** The flag of a bridge means {@code volatile} on fields only, so on methods it is enough. */
  private static boolean isBridge(int access) {
    return (access & Opcodes.ACC_BRIDGE) != 0;
  }
}
