package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
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
 * on the stack.
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
  private final Label failed = new Label();
  private boolean returns;

  ConstructorInserter(MethodVisitor code, MethodShape shape, List<Site> sites) {
    super(Opcodes.ASM9, code);
    this.shape = shape;
    this.sites = sites;
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN) {
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
