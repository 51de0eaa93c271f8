package io.metricsagent.instrumentations.rules.weaving.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and places in a class file. */
class ClassFileTest {
  private static byte[] withMethod(String name, String signature) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/Named", null, "java/lang/Object", null);
    writer.visitField(Opcodes.ACC_PUBLIC, "field", "J", null, 7L).visitEnd();
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, name, "(J)V", signature, null);
    code.visitCode();
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 5);
    code.visitEnd();
    writer.visitMethod(Opcodes.ACC_ABSTRACT, "open", "()V", null, null).visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /** The JVM's UTF-8 differs from the standard for the last two. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "fähig", "方法", "a\uFFFDb", "a\0b", "\uD835\uDD53old"})
  void hasNamesInAllScripts(String name) {
    ClassFile file = new ClassFile(withMethod(name, null));

    assertThat(file.utf8(file.u2(file.methods() + 2 + 2))).isEqualTo(name);
  }

  @Test
  void hasWhatAMethodDeclares() {
    ClassFile file = new ClassFile(withMethod("run", "<T:Ljava/lang/Object;>(J)V"));
    int run = file.methods() + 2;
    int open = file.behindMember(run);

    assertThat(file.version()).isEqualTo(61);
    assertThat(file.className()).isEqualTo("a/Named");
    assertThat(file.u2(file.methods())).isEqualTo(2);
    assertThat(file.maxLocals(run)).isEqualTo(5);
    assertThat(file.signature(run)).isEqualTo("<T:Ljava/lang/Object;>(J)V");
    assertThat(file.maxLocals(open)).isZero();
    assertThat(file.signature(open)).isNull();
  }

  @Test
  void refusesAConstantOfAnUnknownKind() {
    byte[] bytes = withMethod("run", null);
    bytes[10] = 99;

    assertThatThrownBy(() -> new ClassFile(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a constant of the kind 99");
  }

  @Test
  void refusesWhatEndsWithinTheConstants() {
    assertThatThrownBy(() -> new ClassFile(new byte[] {1, 2, 3, 4, 0, 0, 0, 61, 0, 9, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a class file");
  }
}
