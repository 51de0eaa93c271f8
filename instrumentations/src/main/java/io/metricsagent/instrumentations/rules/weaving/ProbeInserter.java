package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;

/**
 * Adds one site's probe calls to the code of one method. As source, a woven method is
 *
 * <pre>
 *   Object token = null;
 *   try {
 *     token = Probe.enter(site, this, arg0, arg1, arg2);           // enterSuspending for Kotlin's
 *     arg = (A) Probe.replaceArgument(site, token, arg);           // where the rule says so
 *     arg = (A) Probe.followArgument(site, token, arg, A.class);   // for each that may be a callback
 *   } catch (Throwable ignored) { }
 *   try {
 *     …                                          // the method's code; for each "return result":
 *       try {
 *         [result = (R)] Probe.exit(site, token, result, null);      // or, if the rule follows calls,
 *         result = (R) Probe.returned(site, token, result, R.class);
 *       } catch (Throwable ignored) { }
 *       return result;
 *   } catch (Throwable thrown) {
 *     try {
 *       Probe.exit(site, token, null, thrown);
 *     } catch (Throwable ignored) { }
 *     throw thrown;
 *   }
 * </pre>
 *
 * <p>The probe absorbs its own faults; the handlers around its calls are for what the call itself
 * may throw, such as a stack overflow, and for a replacement of the wrong type.
 *
 * <p>Token and result live behind all variables of the method, so nothing of it moves. The table of
 * exception handlers is read from the top, so the handler of an exit comes before the method's own
 * and the outermost comes last; the code of our handlers is behind the method's code, where no
 * handler of the method applies.
 *
 * <p>This class is long because the code above is written instruction by instruction, in the order
 * in which the method is visited. It has many fields because each is a fact of the method or a
 * place in its code that a later instruction needs.
 */
final class ProbeInserter extends MethodVisitor {
  /** The build moves this class to {@code java.lang}, which every class loader sees. */
  private static final String PROBE = "io/metricsagent/bootstrap/probe/Probe";

  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String ENTER =
      "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;";
  private static final String FOLLOW =
      "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Class;)Ljava/lang/Object;";
  private static final Object[] ONE_THROWABLE = {THROWABLE};
  private static final Object[] NOTHING = {};

  /**
   * What our code may have on the stack above what the method has there: five arguments of {@code
   * Probe.enter}, of which the last may be a number of two slots before it is boxed, six of {@code
   * Probe.enterSuspending}, or five slots for those of {@code Probe.exit}.
   */
  private static final int STACK = 6;

  /**
   * Likewise, where all arguments are passed as an array: site, receiver, array, and an element.
   */
  private static final int STACK_OF_ALL = 7;

  /** An entry of the method's own table of exception handlers. */
  private static final class Handler {
    private final Label start;
    private final Label end;
    private final Label code;
    private final String type;

    Handler(Label start, Label end, Label code, String type) {
      this.start = start;
      this.end = end;
      this.code = code;
      this.type = type;
    }
  }

  private final MethodShape shape;
  private final int token;
  private final int result;
  private final Site site;

  /** Whether an array of all arguments is passed, and not the first three. */
  private final boolean array;

  /** The names of all parameters; {@code null} where they are not passed. */
  private final String names;

  private final List<Handler> handlers = new ArrayList<>();
  private final Label enter = new Label();
  private final Label body = new Label();
  private final Label exitFailed = new Label();
  private final boolean follows;
  private final Callbacks callbacks;
  private boolean returns;

  /**
   * Prepares the calls.
   *
   * @param locals the first variable that the code does not use
   * @param names the names of all parameters, if all arguments are passed; else {@code null}
   * @param callbacks which of the arguments may be callbacks
   */
  ProbeInserter(
      MethodVisitor code,
      MethodShape shape,
      int locals,
      Site site,
      String names,
      Callbacks callbacks) {
    super(Opcodes.ASM9, code);
    this.shape = shape;
    this.site = site;
    this.names = names;
    this.callbacks = callbacks;
    // Class files before Java 5 have no constants that are classes.
    follows = site.rule().follows() && shape.hasFrames();
    array = names != null || site.rule().arguments() == PassedArguments.ARRAY;
    token = locals;
    result = locals + 1;
  }

  /** Returns how many slots a site's variables take: the token, and the result or a throwable. */
  static int slots(String descriptor) {
    return 1 + Math.max(1, Type.getReturnType(descriptor).getSize());
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitVarInsn(Opcodes.ASTORE, token);
    super.visitLabel(enter);
    pushSite();
    pushReceiver();
    if (array) {
      pushAllArguments();
      pushNames();
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      pushArgument(0);
      pushArgument(1);
      pushArgument(2);
    }
    if (follows && callbacks.suspends()) {
      super.visitVarInsn(Opcodes.ALOAD, shape.variable(shape.parameters() - 1));
      callProbe("enterSuspending", ENTER + "Ljava/lang/Object;)Ljava/lang/Object;");
    } else {
      callProbe("enter", ENTER + ")Ljava/lang/Object;");
    }
    super.visitVarInsn(Opcodes.ASTORE, token);
    replaceArgument();
    followArguments();
    super.visitLabel(body);
    initialFrame(NOTHING);
    // Separates this frame from one that the method may have at its first instruction.
    super.visitInsn(Opcodes.NOP);
  }

  private void pushReceiver() {
    if (shape.isStatic()) {
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      super.visitVarInsn(Opcodes.ALOAD, 0);
    }
  }

  private void pushArgument(int index) {
    Type type = shape.parameter(index);
    if (type == null || (!MethodShape.isObject(type) && !site.rule().arguments().areBoxed())) {
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), shape.variable(index));
      boxed(type);
    }
  }

  /** Boxes the value on the stack, if it is primitive. */
  private void boxed(Type type) {
    String box = MethodShape.box(type);
    if (box != null) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          box,
          "valueOf",
          "(".concat(type.getDescriptor()).concat(")L").concat(box).concat(";"),
          false);
    }
  }

  private void pushAllArguments() {
    super.visitIntInsn(Opcodes.SIPUSH, shape.parameters());
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    for (int i = 0; i < shape.parameters(); i++) {
      super.visitInsn(Opcodes.DUP);
      super.visitIntInsn(Opcodes.SIPUSH, i);
      Type type = shape.parameter(i);
      super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), shape.variable(i));
      boxed(type);
      super.visitInsn(Opcodes.AASTORE);
    }
  }

  private void pushNames() {
    if (names == null) {
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      super.visitLdcInsn(names);
    }
  }

  private void replaceArgument() {
    int index = site.rule().replacedArgument();
    Type type = index < 0 ? null : shape.objectParameter(index);
    if (type == null) {
      return;
    }
    pushSite();
    super.visitVarInsn(Opcodes.ALOAD, token);
    super.visitVarInsn(Opcodes.ALOAD, shape.variable(index));
    callProbe("replaceArgument", "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
    super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    super.visitVarInsn(Opcodes.ASTORE, shape.variable(index));
  }

  private void followArguments() {
    if (!follows) {
      return;
    }
    for (int i = 0; i < shape.parameters(); i++) {
      if (callbacks.mayBe(i)) {
        Type type = shape.parameter(i);
        pushSite();
        super.visitVarInsn(Opcodes.ALOAD, token);
        super.visitVarInsn(Opcodes.ALOAD, shape.variable(i));
        super.visitLdcInsn(type);
        callProbe("followArgument", FOLLOW);
        super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        super.visitVarInsn(Opcodes.ASTORE, shape.variable(i));
      }
    }
  }

  /** Adds the exit before each return, in place, since other values may be left on the stack. */
  @Override
  public void visitInsn(int opcode) {
    if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      super.visitInsn(opcode);
      return;
    }
    returns = true;
    Type type = shape.result();
    if (opcode != Opcodes.RETURN) {
      super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), result);
    }
    Label start = new Label();
    Label end = new Label();
    super.visitLabel(start);
    pushSite();
    super.visitVarInsn(Opcodes.ALOAD, token);
    pushResult(type);
    if (follows && Callbacks.mayGoOn(type)) {
      super.visitLdcInsn(type);
      callProbe("returned", FOLLOW);
    } else {
      super.visitInsn(Opcodes.ACONST_NULL);
      callExit();
    }
    if (site.rule().replacesResult() && MethodShape.isObject(type)) {
      super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
      super.visitVarInsn(Opcodes.ASTORE, result);
    } else {
      super.visitInsn(Opcodes.POP);
    }
    super.visitLabel(end);
    super.visitTryCatchBlock(start, end, exitFailed, THROWABLE);
    giveResult(opcode);
  }

  private void pushResult(Type type) {
    if (type.getSort() == Type.VOID) {
      super.visitInsn(Opcodes.ACONST_NULL);
      return;
    }
    super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), result);
    boxed(type);
  }

  private void giveResult(int returnOpcode) {
    if (returnOpcode != Opcodes.RETURN) {
      super.visitVarInsn(shape.result().getOpcode(Opcodes.ILOAD), result);
    }
    super.visitInsn(returnOpcode);
  }

  /** Adds the token to every frame of the method, behind all variables. */
  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    Object[] all = withOurs(local, numLocal, OBJECT);
    super.visitFrame(Opcodes.F_NEW, all.length, all, numStack, stack);
  }

  /**
   * Holds an entry of the method's own table back: the handlers of the exits must come before it.
   */
  @Override
  public void visitTryCatchBlock(Label start, Label end, Label code, String type) {
    handlers.add(new Handler(start, end, code, type));
  }

  /**
   * Leaves the annotation out: it names its handler by an index, which changes, and reflection
   * cannot read it.
   */
  @Override
  public AnnotationVisitor visitTryCatchAnnotation(
      int typeRef, TypePath typePath, String descriptor, boolean visible) {
    return null;
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label end = new Label();
    Label failed = new Label();
    Label failedExit = new Label();
    Label failedExitEnd = new Label();
    Label failedExitFailed = new Label();
    Label enterFailed = new Label();
    super.visitLabel(end);
    for (Handler handler : handlers) {
      super.visitTryCatchBlock(handler.start, handler.end, handler.code, handler.type);
    }
    super.visitTryCatchBlock(body, end, failed, THROWABLE);
    super.visitTryCatchBlock(enter, body, enterFailed, THROWABLE);
    super.visitTryCatchBlock(failedExit, failedExitEnd, failedExitFailed, THROWABLE);

    super.visitLabel(enterFailed);
    initialFrame(ONE_THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitJumpInsn(Opcodes.GOTO, body);

    if (returns) {
      Type type = shape.result();
      super.visitLabel(exitFailed);
      if (type.getSort() == Type.VOID) {
        handlerFrame(OBJECT);
      } else {
        handlerFrame(OBJECT, MethodShape.inFrame(type));
      }
      super.visitInsn(Opcodes.POP);
      giveResult(type.getOpcode(Opcodes.IRETURN));
    }

    super.visitLabel(failed);
    handlerFrame(OBJECT);
    super.visitVarInsn(Opcodes.ASTORE, result);
    super.visitLabel(failedExit);
    pushSite();
    super.visitVarInsn(Opcodes.ALOAD, token);
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitVarInsn(Opcodes.ALOAD, result);
    callExit();
    super.visitInsn(Opcodes.POP);
    super.visitLabel(failedExitEnd);
    super.visitVarInsn(Opcodes.ALOAD, result);
    super.visitInsn(Opcodes.ATHROW);

    super.visitLabel(failedExitFailed);
    handlerFrame(OBJECT, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitVarInsn(Opcodes.ALOAD, result);
    super.visitInsn(Opcodes.ATHROW);
    int ours = result - token + Math.max(1, shape.result().getSize());
    super.visitMaxs(maxStack + (array ? STACK_OF_ALL : STACK), maxLocals + ours);
  }

  /** Writes the frame of the method's beginning, with the token added. */
  private void initialFrame(Object[] stack) {
    if (shape.hasFrames()) {
      Object[] initial = shape.initialLocals();
      Object[] all = withOurs(initial, initial.length, OBJECT);
      super.visitFrame(Opcodes.F_NEW, all.length, all, stack.length, stack);
    }
  }

  /**
   * Writes the frame of a handler that any instruction can reach, so none of the method's variables
   * is known in it.
   */
  private void handlerFrame(Object... ours) {
    if (shape.hasFrames()) {
      Object[] all = withOurs(NOTHING, 0, ours);
      super.visitFrame(Opcodes.F_NEW, all.length, all, 1, ONE_THROWABLE);
    }
  }

  /**
   * Pads the variables of a frame with unknown ones up to the token and adds the agent's variables.
   */
  private Object[] withOurs(Object[] local, int numLocal, Object... ours) {
    int slots = numLocal;
    for (int i = 0; i < numLocal; i++) {
      if (local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE) {
        slots++;
      }
    }
    Object[] all = new Object[numLocal + token - slots + ours.length];
    System.arraycopy(local, 0, all, 0, numLocal);
    for (int i = numLocal; i < all.length - ours.length; i++) {
      all[i] = Opcodes.TOP;
    }
    System.arraycopy(ours, 0, all, all.length - ours.length, ours.length);
    return all;
  }

  private void pushSite() {
    int number = site.number();
    if (number <= Byte.MAX_VALUE) {
      super.visitIntInsn(Opcodes.BIPUSH, number);
    } else if (number <= Short.MAX_VALUE) {
      super.visitIntInsn(Opcodes.SIPUSH, number);
    } else {
      super.visitLdcInsn(number);
    }
  }

  private void callExit() {
    callProbe(
        "exit", "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;");
  }

  private void callProbe(String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, name, descriptor, false);
  }
}
