package io.metricsagent.instrumentations.rules.weaving;

import static io.metricsagent.instrumentations.rules.MethodTarget.CONSTRUCTOR;
import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * The JVM accepts a woven constructor whatever it has done to its variables. A handler sees the
 * object only where it gets the object and all arguments, and never anything in their place.
 */
class UnusualConstructorsTest {
  private final List<String> seen = new ArrayList<>();

  /** Notes the arguments that it sees. */
  private final class Diary extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      seen.add(self.getClass().getName() + Arrays.asList(arg0, arg1, arg2));
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }

  private void make(int version, Consumer<MethodVisitor> end, long number)
      throws ReflectiveOperationException {
    make(UnusualConstructors.classFile(version, code -> {}, end), number);
  }

  private void make(byte[] classFile, long number) throws ReflectiveOperationException {
    WovenApplication application =
        WovenApplication.with(
            UnusualConstructors.NAME,
            Weaving.module(
                Diary::new,
                Rule.forClass(
                    UnusualConstructors.NAME,
                    method(CONSTRUCTOR, "void", "long", "java.lang.String"))));
    application
        .define(UnusualConstructors.NAME, classFile)
        .getConstructor(long.class, String.class)
        .newInstance(number, "text");
  }

  private void assertNotSeen(Consumer<MethodVisitor> end) throws ReflectiveOperationException {
    make(Opcodes.V17, end, 1);
    assertThat(seen).isEmpty();
  }

  private void assertSeen(String text, Consumer<MethodVisitor> end, long number)
      throws ReflectiveOperationException {
    make(Opcodes.V17, end, number);
    assertThat(seen).containsExactly("Unusual[null, " + text + ", null]");
  }

  @Test
  void aVariableMayHaveAPrimitive() throws Exception {
    assertNotSeen(UnusualConstructors::storeInt);
    assertNotSeen(UnusualConstructors::storeLong);
    assertNotSeen(UnusualConstructors::storeHalfOfLong);
  }

  @Test
  void aVariableMayHaveAnotherObject() throws Exception {
    assertSeen("another", UnusualConstructors::storeText, 1);
  }

  @Test
  void theVariableOfTheObjectMayHaveAnother() throws Exception {
    assertNotSeen(UnusualConstructors::storeIntoThis);
  }

  @Test
  void aStackFrameMayLeaveVariablesOut() throws Exception {
    assertNotSeen(UnusualConstructors::leaveTextOut);
    assertNotSeen(UnusualConstructors::markTextAsUnknown);
    assertNotSeen(UnusualConstructors::leaveAllOut);
  }

  @Test
  void whatAStackFrameHasIsSeen() throws Exception {
    assertSeen("text", UnusualConstructors::keepAll, 1);
  }

  @Test
  void aStackFrameBeforeTheObjectIsInitialisedTellsItsVariable() throws Exception {
    make(
        UnusualConstructors.classFile(
            Opcodes.V17, UnusualConstructors::keepAllBefore, code -> code.visitInsn(Opcodes.NOP)),
        1);
    assertThat(seen).containsExactly("Unusual[null, text, null]");
  }

  @Test
  void eachReturnHasVariablesOfItsOwn() throws Exception {
    assertNotSeen(UnusualConstructors::storeIntOnOnePath);
    assertSeen("text", UnusualConstructors::storeIntOnOnePath, 0);
  }

  /** Without stack frames, the variables at a return are not known while the code is read. */
  @Test
  void aClassFileWithoutStackFramesIsAccepted() throws Exception {
    make(Opcodes.V1_5, UnusualConstructors::storeIntAndJumpBack, 1);
    assertThat(seen).isEmpty();
  }
}
