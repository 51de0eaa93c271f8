package io.metricsagent.instrumentations.rules.weaving.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddedConstantsTest {
  private AddedConstants constants;

  @BeforeEach
  void ofAClass() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Woven", null, "java/lang/Object", null);
    writer.visitEnd();
    constants = new AddedConstants(new ClassFile(writer.toByteArray()));
  }

  @Test
  void theSameMethodIsAddedOnce() {
    int first = constants.method("Probe", "enter", "(I)V");

    assertThat(constants.method("Probe", "enter", "(I)V")).isEqualTo(first);
  }

  @Test
  void methodsThatDifferInOneThingAreDifferent() {
    Set<Integer> all = new HashSet<>();
    for (String owner : new String[] {"Probe", "Pro", "Woven"}) {
      for (String name : new String[] {"enter", "beenter", "be"}) {
        for (String descriptor : new String[] {"(I)V", "()V"}) {
          all.add(constants.method(owner, name, descriptor));
        }
      }
    }

    assertThat(all).hasSize(3 * 3 * 2);
  }

  @Test
  void methodsOfTheSameNameAndTypeShareThem() {
    Bytes before = new Bytes(0);
    Bytes after = new Bytes(0);
    constants.classOf("Other");
    constants.method("Probe", "enter", "(I)V");
    constants.writeTo(before);

    constants.method("Other", "enter", "(I)V");
    constants.writeTo(after);

    assertThat(after.size() - before.size()).isEqualTo(1 + 2 + 2); // the method's own constant
  }
}
