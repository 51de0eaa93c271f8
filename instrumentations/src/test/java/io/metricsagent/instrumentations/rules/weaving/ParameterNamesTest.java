package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What the parameters of a method are called. */
class ParameterNamesTest {
  private static final String DESCRIPTOR = "(JLjava/lang/String;I)V";

  /** Writes a method, with names for reflection, with names for debuggers, or without names. */
  private static String named(boolean forReflection, boolean forDebuggers, int access) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Sample", null, "java/lang/Object", null);
    MethodVisitor method = writer.visitMethod(access, "run", DESCRIPTOR, null, null);
    if (forReflection) {
      method.visitParameter("grams", 0);
      method.visitParameter("name", 0);
      method.visitParameter("count", 0);
    }
    method.visitCode();
    Label start = new Label();
    Label end = new Label();
    method.visitLabel(start);
    method.visitInsn(Opcodes.RETURN);
    method.visitLabel(end);
    int first = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    if (forDebuggers) {
      method.visitLocalVariable("weight", "J", null, start, end, first);
      method.visitLocalVariable("text", "Ljava/lang/String;", null, start, end, first + 2);
      method.visitLocalVariable("count", "I", null, start, end, first + 3);
      method.visitLocalVariable("local", "I", null, start, end, first + 4);
    }
    method.visitMaxs(0, 6);
    method.visitEnd();
    writer.visitEnd();
    return ParameterNames.of(
        new ClassReader(writer.toByteArray()),
        new DeclaredMethod(0, access, "run", DESCRIPTOR, 1, 6));
  }

  @Test
  void areThoseForReflection() {
    assertThat(named(true, true, Opcodes.ACC_PUBLIC)).isEqualTo("grams,name,count");
  }

  @Test
  void areElseThoseForDebuggers() {
    assertThat(named(false, true, Opcodes.ACC_PUBLIC)).isEqualTo("weight,text,count");
    assertThat(named(false, true, Opcodes.ACC_STATIC)).isEqualTo("weight,text,count");
  }

  @Test
  void areElseNumbers() {
    assertThat(named(false, false, Opcodes.ACC_PUBLIC)).isEqualTo("arg0,arg1,arg2");
  }
}
