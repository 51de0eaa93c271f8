package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Rule;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A method of a class that is woven. */
final class DeclaredMethod extends MethodVisitor {
  private static final int NOT_WOVEN = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

  private final int access;
  private final String name;
  private final String descriptor;
  private int sites;
  private int maxLocals;

  DeclaredMethod(int access, String name, String descriptor) {
    super(Opcodes.ASM9);
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    this.maxLocals = maxLocals;
  }

  /** Counts a site that weaves the method. */
  void addSite() {
    sites++;
  }

  /** Returns how many sites weave the method. */
  int sites() {
    return sites;
  }

  /** Returns the number of slots of the method's own variables; known once its code was visited. */
  int maxLocals() {
    return maxLocals;
  }

  boolean hasKnownShape(Rule rule) {
    return rule.isKnownShape(name, descriptor);
  }

  /** Returns whether a rule asks for this method, which is native. */
  boolean isNative(Rule rule) {
    return rule.matches(name, descriptor) && (access & Opcodes.ACC_NATIVE) != 0;
  }

  /**
   * Returns whether a rule weaves this method. Abstract and native methods have no code, bridges
   * only call the method that is woven anyway, and a constructor cannot be wrapped.
   */
  boolean isWovenBy(Rule rule) {
    return rule.matches(name, descriptor)
        && (access & NOT_WOVEN) == 0
        && !isBridge()
        && name.charAt(0) != '<'
        && rule.replacedArgument() < Type.getArgumentCount(descriptor);
  }

  /** The same bit means {@code volatile}, but only on fields. */
  private boolean isBridge() {
    return (access & Opcodes.ACC_BRIDGE) != 0;
  }
}
