package io.metricsagent.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class VariableNamesTest {
  /** A record with a loop and a handler of exceptions, so that its code has frames. */
  public record Sample(int times) {
    /** Adds up. */
    public int sum(List<Integer> numbers) {
      int sum = 0;
      for (int round = 0; round < times; round++) {
        try {
          sum += numbers.get(round);
        } catch (IndexOutOfBoundsException missing) {
          sum -= 1;
        }
      }
      return sum;
    }
  }

  private static final class Loader extends ClassLoader {
    Class<?> define(byte[] classFile) {
      return defineClass(Sample.class.getName(), classFile, 0, classFile.length);
    }
  }

  private static byte[] sample() throws IOException {
    String file = Sample.class.getName().replace('.', '/') + ".class";
    try (InputStream in = Sample.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static List<String> read(byte[] classFile, boolean lines) {
    List<String> found = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String type, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitLocalVariable(
                      String name, String type, String generic, Label start, Label end, int slot) {
                    if (!lines) {
                      found.add(name);
                    }
                  }

                  @Override
                  public void visitLineNumber(int line, Label start) {
                    if (lines) {
                      found.add(method + ":" + line);
                    }
                  }
                };
              }
            },
            0);
    return found;
  }

  @Test
  void removesNamesAndKeepsLines() throws IOException {
    byte[] before = sample();
    assertThat(read(before, false)).contains("round", "missing");

    byte[] after = VariableNames.removedFrom(before);

    assertThat(read(after, false)).isEmpty();
    assertThat(read(after, true)).isNotEmpty().isEqualTo(read(before, true));
    assertThat(after).hasSizeLessThan(before.length);
  }

  @Test
  void theClassDoesTheSame() throws IOException, ReflectiveOperationException {
    Class<?> type = new Loader().define(VariableNames.removedFrom(sample()));
    Object sample = type.getConstructor(int.class).newInstance(3);

    assertThat(type.getMethod("sum", List.class).invoke(sample, List.of(5, 7))).isEqualTo(11);
    assertThat(sample).isEqualTo(type.getConstructor(int.class).newInstance(3));
    assertThat(type.getRecordComponents()).hasSize(1);
  }
}
