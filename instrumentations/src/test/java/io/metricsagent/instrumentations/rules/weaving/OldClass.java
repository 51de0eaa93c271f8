package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A class as compilers generated it for Java 1.4: without stack frames and with a subroutine. */
final class OldClass {
  private OldClass() {}

  static Rule rule() {
    return Rule.forClass("Old", MethodTarget.named("seven"));
  }

  static Object run(InstrumentationModule module) throws ReflectiveOperationException {
    SiteTable sites = new SiteTable(List.of());
    sites.add(module);
    ClassLoader loader = OldClass.class.getClassLoader();
    byte[] woven = Weaver.weave(loader, "Old", classFile(), sites.sites(), Weaving.telemetry());
    return new ClassLoader(loader) {
      Class<?> define() {
        return defineClass("Old", woven, 0, woven.length);
      }
    }.define().getMethod("seven").invoke(null);
  }

  private static byte[] classFile() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", new String[0]);
    MethodVisitor code =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "seven", "()I", null, new String[0]);
    Label subroutine = new Label();
    code.visitCode();
    code.visitJumpInsn(Opcodes.JSR, subroutine);
    code.visitInsn(Opcodes.ICONST_5); // stays on the stack, as some compilers leave values there
    code.visitIntInsn(Opcodes.BIPUSH, 7);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(subroutine);
    code.visitVarInsn(Opcodes.ASTORE, 0);
    code.visitVarInsn(Opcodes.RET, 0);
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
