package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;

/**
 * Adds the probe calls of its sites to the end of a constructor. Before it has called another
 * constructor, the object may be passed to nobody, so both calls are made where the constructor
 * returns, and none where it throws. As source, each return of a woven constructor is
 *
 * <pre>
 *   try {
 *     Probe.exit(site, Probe.enter(site, this, arg0, arg1, arg2), null, null);
 *   } catch (Throwable ignored) { }
 *   return;
 * </pre>
 *
 * <p>Several sites follow one another within the {@code try}. Unlike those of methods, they cannot
 * be nested: the code behind the {@code catch} has a return too, and knows no variable.
 *
 * <p>The arguments are those that the variables have by then. No variable is added; the token stays
 * on the stack. A compiler may use the variable of a parameter for a value of another type, or
 * leave it out of a stack frame when nothing reads it any more. A return where that has happened
 * gets no probe calls, because the JVM would refuse the class. For the same reason, a class file
 * without stack frames is not woven: nothing says what its variables have where paths join.
 */
final class ConstructorInserter extends MethodVisitor {
  /** Two sites, the receiver, and three arguments. */
  private static final int STACK = 6;

  private static final String PROBE = "io/metricsagent/bootstrap/probe/Probe";
  private static final String THROWABLE = "java/lang/Throwable";

  private record Handler(Label start, Label end, Label code, String type) {}

  private final MethodShape shape;
  private final List<Site> sites;
  private final List<Handler> handlers = new ArrayList<>();

  /** Whether a variable has an object at the current instruction; variables behind are unknown. */
  private final boolean[] objects;

  private final Label failed = new Label();
  private boolean returns;

  ConstructorInserter(MethodVisitor code, MethodShape shape, List<Site> sites) {
    super(Opcodes.ASM9, code);
    this.shape = shape;
    this.sites = sites;
    objects = new boolean[shape.variable(shape.parameters())];
    setObjects(shape.initialLocals(), shape.parameters() + 1);
  }

  private void setObjects(Object[] locals, int count) {
    Arrays.fill(objects, false);
    int variable = 0;
    for (int i = 0; i < count && variable < objects.length; i++) {
      objects[variable] = locals[i] instanceof String || locals[i] == Opcodes.UNINITIALIZED_THIS;
      variable += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
    }
  }

  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    setObjects(local, numLocal);
    super.visitFrame(type, numLocal, local, numStack, stack);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
      // The variable of this object is lost whatever replaces it.
      setObject(variable, opcode == Opcodes.ASTORE && variable > 0);
      if (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) {
        setObject(variable + 1, false);
      }
    }
    super.visitVarInsn(opcode, variable);
  }

  private void setObject(int variable, boolean object) {
    if (variable < objects.length) {
      objects[variable] = object;
    }
  }

  /** Returns whether the variables have all that the probe calls pass. */
  private boolean hasArguments() {
    for (int i = 0; i < 3; i++) {
      if (shape.objectParameter(i) != null && !objects[shape.variable(i)]) {
        return false;
      }
    }
    return objects[0];
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN && hasArguments()) {
      returns = true;
      Label start = new Label();
      Label end = new Label();
      super.visitLabel(start);
      for (Site site : sites) {
        callProbes(site);
      }
      super.visitLabel(end);
      super.visitTryCatchBlock(start, end, failed, THROWABLE);
    }
    super.visitInsn(opcode);
  }

  private void callProbes(Site site) {
    super.visitLdcInsn(site.number());
    super.visitLdcInsn(site.number());
    super.visitVarInsn(Opcodes.ALOAD, 0);
    for (int i = 0; i < 3; i++) {
      if (shape.objectParameter(i) == null) {
        super.visitInsn(Opcodes.ACONST_NULL);
      } else {
        super.visitVarInsn(Opcodes.ALOAD, shape.variable(i));
      }
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        PROBE,
        "enter",
        "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)"
            + "Ljava/lang/Object;",
        false);
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        PROBE,
        "exit",
        "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;",
        false);
    super.visitInsn(Opcodes.POP);
  }

  /** Holds the constructor's own entries back: the handler of the probe calls comes first. */
  @Override
  public void visitTryCatchBlock(Label start, Label end, Label code, String type) {
    handlers.add(new Handler(start, end, code, type));
  }

  /** Leaves the annotation out, as {@link ProbeInserter} does. */
  @Override
  public AnnotationVisitor visitTryCatchAnnotation(
      int typeRef, TypePath typePath, String descriptor, boolean visible) {
    return null;
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    for (Handler handler : handlers) {
      super.visitTryCatchBlock(handler.start, handler.end, handler.code, handler.type);
    }
    if (returns) {
      super.visitLabel(failed);
      if (shape.hasFrames()) {
        super.visitFrame(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {THROWABLE});
      }
      super.visitInsn(Opcodes.POP);
      super.visitInsn(Opcodes.RETURN);
    }
    super.visitMaxs(maxStack + STACK, maxLocals);
  }
}
