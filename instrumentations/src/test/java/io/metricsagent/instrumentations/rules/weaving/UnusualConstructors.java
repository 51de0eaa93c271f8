package io.metricsagent.instrumentations.rules.weaving;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A class whose constructor {@code (long, String)} javac would not generate: where it returns, its
 * variables need not have what they had at the beginning. Each method here is a way to end it.
 */
final class UnusualConstructors {
  static final String NAME = "Unusual";

  private static final int NUMBER = 1;
  private static final int TEXT = 3;
  private static final Object[] NO_STACK = {};

  private UnusualConstructors() {}

  /** The variable of the text has an {@code int}. */
  static void storeInt(MethodVisitor code) {
    code.visitInsn(Opcodes.ICONST_1);
    code.visitVarInsn(Opcodes.ISTORE, TEXT);
  }

  /** The variable of the text has a {@code long}. */
  static void storeLong(MethodVisitor code) {
    code.visitInsn(Opcodes.LCONST_1);
    code.visitVarInsn(Opcodes.LSTORE, TEXT);
  }

  /** The variable of the text has the second half of a {@code long}. */
  static void storeHalfOfLong(MethodVisitor code) {
    code.visitInsn(Opcodes.LCONST_1);
    code.visitVarInsn(Opcodes.LSTORE, TEXT - 1);
  }

  /** The variable of the text has another text. */
  static void storeText(MethodVisitor code) {
    code.visitLdcInsn("another");
    code.visitVarInsn(Opcodes.ASTORE, TEXT);
  }

  /** The variable of the object has a text. */
  static void storeIntoThis(MethodVisitor code) {
    code.visitLdcInsn("not this");
    code.visitVarInsn(Opcodes.ASTORE, 0);
  }

  /** The variable of the text is left out of a stack frame, because nothing reads it any more. */
  static void leaveTextOut(MethodVisitor code) {
    joinPaths(code, NAME, Opcodes.LONG);
  }

  /** The variable of the text is of no known type in a stack frame, and another one follows. */
  static void markTextAsUnknown(MethodVisitor code) {
    code.visitInsn(Opcodes.ICONST_1);
    code.visitVarInsn(Opcodes.ISTORE, TEXT + 1);
    joinPaths(code, NAME, Opcodes.LONG, Opcodes.TOP, Opcodes.INTEGER);
  }

  /** No variable is in a stack frame, not even that of the object. */
  static void leaveAllOut(MethodVisitor code) {
    joinPaths(code);
  }

  /** All variables are in a stack frame as they were. */
  static void keepAll(MethodVisitor code) {
    joinPaths(code, NAME, Opcodes.LONG, "java/lang/String");
  }

  /** All variables are in a stack frame as they are before the call of the super class. */
  static void keepAllBefore(MethodVisitor code) {
    joinPaths(code, Opcodes.UNINITIALIZED_THIS, Opcodes.LONG, "java/lang/String");
  }

  private static void joinPaths(MethodVisitor code, Object... locals) {
    Label joined = jumpIfZero(code);
    code.visitInsn(Opcodes.NOP);
    code.visitLabel(joined);
    code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, NO_STACK);
  }

  private static Label jumpIfZero(MethodVisitor code) {
    Label target = new Label();
    code.visitVarInsn(Opcodes.LLOAD, NUMBER);
    code.visitInsn(Opcodes.L2I);
    code.visitJumpInsn(Opcodes.IFEQ, target);
    return target;
  }

  /** The variable of the text has an {@code int} at a first return, unless the number is 0. */
  static void storeIntOnOnePath(MethodVisitor code) {
    Label other = jumpIfZero(code);
    storeInt(code);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(other);
    Object[] locals = {NAME, Opcodes.LONG, "java/lang/String"};
    code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, NO_STACK);
  }

  /** The variable of the text has an {@code int} if the code, in its order, jumps backwards. */
  static void storeIntAndJumpBack(MethodVisitor code) {
    Label end = new Label();
    Label store = new Label();
    code.visitJumpInsn(Opcodes.GOTO, store);
    code.visitLabel(end);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(store);
    storeInt(code);
    code.visitJumpInsn(Opcodes.GOTO, end);
  }

  /**
   * Returns the class file.
   *
   * @param version that of the class file
   * @param begin what the constructor does before the call of its super class
   * @param end what it does behind that call
   */
  static byte[] classFile(int version, Consumer<MethodVisitor> begin, Consumer<MethodVisitor> end) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(version, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", new String[0]);
    MethodVisitor code =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC, "<init>", "(JLjava/lang/String;)V", null, new String[0]);
    code.visitCode();
    begin.accept(code);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    end.accept(code);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
