package io.metricsagent.instrumentations.rules.weaving;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The names of a method's parameters: those that the compiler has kept for reflection, else those
 * for debuggers, else {@code arg0}, {@code arg1} and so on. Used only while content is on.
 */
final class ParameterNames extends MethodVisitor {
  private final String[] names;
  private final int[] variables;
  private int next;

  private ParameterNames(int access, String descriptor) {
    super(Opcodes.ASM9);
    Type[] types = Type.getArgumentTypes(descriptor);
    names = new String[types.length];
    variables = new int[types.length];
    int variable = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    for (int i = 0; i < types.length; i++) {
      variables[i] = variable;
      variable += types[i].getSize();
    }
  }

  /** Returns the names, joined by commas. */
  static String of(ClassReader file, DeclaredMethod method) {
    ParameterNames found = new ParameterNames(method.access(), method.descriptor());
    file.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return name.equals(method.name()) && descriptor.equals(method.descriptor())
                ? found
                : null;
          }
        },
        ClassReader.SKIP_FRAMES);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < found.names.length; i++) {
      String name = found.names[i];
      all.append(i == 0 ? "" : ",").append(name == null ? "arg" + i : name);
    }
    return all.toString();
  }

  @Override
  public void visitParameter(String name, int access) {
    if (next < names.length) {
      names[next++] = name;
    }
  }

  @Override
  public void visitLocalVariable(
      String name, String descriptor, String signature, Label start, Label end, int index) {
    for (int i = 0; i < variables.length; i++) {
      if (variables[i] == index && names[i] == null) {
        names[i] = name;
      }
    }
  }
}
