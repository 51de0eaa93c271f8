package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** The size of a method that the JVM must not inline into each of its callers. */
class CompiledOnceTest {
  /** HotSpot's {@code FreqInlineSize}: no larger method is inlined, however often it is called. */
  private static final int MAX_INLINED_BYTES = 325;

  @Test
  void theEndOfARequestIsTooLargeToBeInlined() throws IOException {
    assertThat(sizes(LlmRecorder.class, "end"))
        .singleElement()
        .satisfies(bytes -> assertThat(bytes).isGreaterThan(MAX_INLINED_BYTES));
  }

  /** Returns the bytes of code in each method of a name. */
  private static List<Integer> sizes(Class<?> type, String name) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    ClassVisitor copy =
        new ClassVisitor(Opcodes.ASM9, new ClassWriter(0)) {
          @Override
          public MethodVisitor visitMethod(
              int access, String method, String descriptor, String signature, String[] thrown) {
            MethodVisitor code = super.visitMethod(access, method, descriptor, signature, thrown);
            return method.equals(name) ? measured(code) : code;
          }

          private MethodVisitor measured(MethodVisitor code) {
            return new MethodVisitor(Opcodes.ASM9, code) {
              @Override
              public void visitMaxs(int maxStack, int maxLocals) {
                Label end = new Label();
                super.visitLabel(end);
                sizes.add(end.getOffset());
                super.visitMaxs(maxStack, maxLocals);
              }
            };
          }
        };
    try (InputStream file =
        type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
      new ClassReader(file.readAllBytes()).accept(copy, 0);
    }
    return sizes;
  }
}
