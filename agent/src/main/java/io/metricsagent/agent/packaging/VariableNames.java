package io.metricsagent.agent.packaging;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Removes the names of local variables from class files. Only debuggers read these names, but the
 * JVM parses them while an application starts: they are a seventh of the agent's classes. The
 * numbers of lines stay, for stack traces. Stateless.
 */
final class VariableNames {
  private VariableNames() {}

  /** Returns the class file without the names. */
  static byte[] removedFrom(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0); // not even the constants of the names are copied
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  String signature,
                  String[] exceptions) {
                return new Code(super.visitMethod(access, name, descriptor, signature, exceptions));
              }
            },
            0);
    return writer.toByteArray();
  }

  private static final class Code extends MethodVisitor {
    Code(MethodVisitor writer) {
      super(Opcodes.ASM9, writer);
    }

    @Override
    public void visitLocalVariable(
        String name, String descriptor, String signature, Label start, Label end, int index) {
      // left out
    }
  }
}
