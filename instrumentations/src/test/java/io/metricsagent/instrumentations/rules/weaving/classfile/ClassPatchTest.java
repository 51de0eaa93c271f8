package io.metricsagent.instrumentations.rules.weaving.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A method whose beginning gets constants that are looked at and thrown away. */
class ClassPatchTest {
  /** Loads constants before the method begins. */
  private static final class Constants extends MethodVisitor {
    private final Object[] constants;

    Constants(MethodVisitor next, Object... constants) {
      super(Opcodes.ASM9, next);
      this.constants = constants;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      for (Object constant : constants) {
        super.visitLdcInsn(constant);
        super.visitInsn(Opcodes.POP);
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }
  }

  private static byte[] withConstants(int count) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Patched", null, "java/lang/Object", null);
    for (int i = 0; i < count; i++) {
      writer.newConst(i);
    }
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "seven", "()I", null, null);
    code.visitCode();
    code.visitIntInsn(Opcodes.BIPUSH, 7);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(1, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] patched(byte[] classFile, Object... constants) {
    ClassFile file = new ClassFile(classFile);
    ClassPatch patch = new ClassPatch(file);
    CodePatch code = patch.code(file.methods() + 2, new Object[0]);
    code.accept(new Constants(code.writer(), constants));
    patch.replace(code);
    return patch.toByteArray();
  }

  private static List<Object> constantsOf(byte[] classFile) {
    List<Object> found = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String sig, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitLdcInsn(Object value) {
                    found.add(value);
                  }
                };
              }
            },
            0);
    return found;
  }

  private static Object run(byte[] classFile) throws ReflectiveOperationException {
    return new ClassLoader(ClassPatchTest.class.getClassLoader()) {
      Class<?> define() {
        return defineClass("Patched", classFile, 0, classFile.length);
      }
    }.define().getMethod("seven").invoke(null);
  }

  private static final Object[] ALL = {
    70_000,
    "a text",
    "ä, 方, \uD835\uDD53 and \0",
    Type.getObjectType("java/util/List"),
    Type.getType("[[J"),
    "a text",
    70_000
  };

  /** Numbers of constants above 255 need a longer instruction. */
  @Test
  void loadsConstantsOfAllKinds() throws ReflectiveOperationException {
    for (int before : new int[] {0, 240, 1000}) {
      byte[] patched = patched(withConstants(before), ALL);

      assertThat(constantsOf(patched)).containsExactly(ALL);
      assertThat(run(patched)).isEqualTo(7);
    }
  }

  @Test
  void hasEachConstantOnce() {
    byte[] original = withConstants(0);
    ClassFile once = new ClassFile(patched(original, "a text"));

    assertThat(new ClassFile(patched(original, "a text", "a text")).constants())
        .isEqualTo(once.constants())
        .isEqualTo(new ClassFile(original).constants() + 2);
  }

  @Test
  void refusesMoreConstantsThanHaveNumbers() throws ReflectiveOperationException {
    byte[] nearlyFull = withConstants(65_000);
    int left = 0xFFFF - new ClassFile(nearlyFull).constants();
    Object[] fitting = new Object[left];
    for (int i = 0; i < left; i++) {
      fitting[i] = 100_000 + i;
    }
    Object[] tooMany = new Object[left + 1];
    System.arraycopy(fitting, 0, tooMany, 0, left);
    tooMany[left] = 99_999;

    assertThat(run(patched(nearlyFull, fitting))).isEqualTo(7);
    assertThatThrownBy(() -> patched(nearlyFull, tooMany))
        .isInstanceOf(Unpatchable.class)
        .hasMessage("no number is left for a constant");
  }

  @Test
  void refusesCodeThatIsTooLong() {
    Object[] constants = new Object[20_000];
    Arrays.fill(constants, "a text");

    assertThatThrownBy(() -> patched(withConstants(1000), constants))
        .isInstanceOf(Unpatchable.class)
        .hasMessageStartingWith("a method of 8");
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertThatThrownBy(() -> patched(withConstants(0), "x".repeat(0x10000)))
        .isInstanceOf(Unpatchable.class)
        .hasMessage("a text of 65536 bytes");
  }

  /** The shortest instruction has the variable in its opcode, the longest in two bytes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 255, 256, 1000})
  void keepsValuesInVariablesOfAnyNumber(int variable) throws ReflectiveOperationException {
    ClassFile file = new ClassFile(withConstants(0));
    ClassPatch patch = new ClassPatch(file);
    CodePatch code = patch.code(file.methods() + 2, new Object[0]);
    code.accept(
        new MethodVisitor(Opcodes.ASM9, code.writer()) {
          @Override
          public void visitInsn(int opcode) {
            super.visitVarInsn(Opcodes.ISTORE, variable);
            super.visitIntInsn(Opcodes.SIPUSH, 300);
            super.visitVarInsn(Opcodes.ILOAD, variable);
            super.visitInsn(Opcodes.IADD);
            super.visitInsn(opcode);
          }

          @Override
          public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, variable + 1);
          }
        });
    patch.replace(code);

    assertThat(run(patch.toByteArray())).isEqualTo(307);
  }
}
