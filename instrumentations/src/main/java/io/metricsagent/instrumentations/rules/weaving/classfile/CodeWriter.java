package io.metricsagent.instrumentations.rules.weaving.classfile;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the instructions that are added to a method, between those of its own (JVMS §6.5). It
 * knows only the kinds of instructions that are added, and takes a stack frame as it is. Not
 * thread-safe.
 */
final class CodeWriter extends MethodVisitor {
  private static final int WIDE = 196;
  private static final int LDC = 18;
  private static final int LDC_W = 19;
  private static final int ILOAD_0 = 26;
  private static final int ISTORE_0 = 59;

  private record Jump(int at, Label to) {}

  private record Handler(Label start, Label end, Label code, String type) {}

  private record Frame(int at, Object[] locals, Object[] stack) {}

  private final AddedConstants constants;
  private final Bytes code;
  private final List<Jump> jumps = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private int maxStack;
  private int maxLocals;

  CodeWriter(AddedConstants constants, int expected) {
    super(Opcodes.ASM9);
    this.constants = constants;
    code = new Bytes(expected);
  }

  /** Returns the instructions so far; those of the method itself are added here. */
  Bytes code() {
    return code;
  }

  /** Sets the place that a label stands for. */
  static void bind(Label label, int at) {
    label.info = at;
  }

  private static int place(Label label) {
    return (Integer) label.info;
  }

  @Override
  public void visitCode() {
    // Instructions follow.
  }

  @Override
  public void visitLabel(Label label) {
    bind(label, code.size());
  }

  @Override
  public void visitInsn(int opcode) {
    code.u1(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    code.u1(opcode);
    if (opcode == Opcodes.SIPUSH) {
      code.u2(operand);
    } else {
      code.u1(operand);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (variable > 0xFF) {
      code.u1(WIDE);
      code.u1(opcode);
      code.u2(variable);
    } else if (variable > 3) {
      code.u1(opcode);
      code.u1(variable);
    } else if (opcode < Opcodes.ISTORE) {
      code.u1(ILOAD_0 + 4 * (opcode - Opcodes.ILOAD) + variable);
    } else {
      code.u1(ISTORE_0 + 4 * (opcode - Opcodes.ISTORE) + variable);
    }
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    code.u1(opcode);
    code.u2(constants.classOf(type));
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    code.u1(opcode);
    code.u2(constants.method(owner, name, descriptor));
  }

  @Override
  public void visitLdcInsn(Object value) {
    int constant;
    if (value instanceof Type type) {
      constant = constants.classOf(type.getInternalName());
    } else if (value instanceof Integer number) {
      constant = constants.integer(number);
    } else {
      constant = constants.string((String) value);
    }
    if (constant > 0xFF) {
      code.u1(LDC_W);
      code.u2(constant);
    } else {
      code.u1(LDC);
      code.u1(constant);
    }
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    jumps.add(new Jump(code.size(), label));
    code.u1(opcode);
    code.u2(0);
  }

  /** Writes the operand of a jump that begins at {@code from} and has an operand of two bytes. */
  void jump(int from, int to) {
    int distance = to - from;
    if (distance != (short) distance) {
      throw new Unpatchable("a jump over " + distance + " bytes");
    }
    code.set2(from + 1, distance);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    handlers.add(new Handler(start, end, handler, type));
  }

  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    frames.add(new Frame(code.size(), local, stack));
  }

  @Override
  public void visitMaxs(int newMaxStack, int newMaxLocals) {
    maxStack = newMaxStack;
    maxLocals = newMaxLocals;
  }

  /** Writes the code and its handlers (JVMS §4.7.3), once all labels are bound. */
  void writeTo(Bytes out) {
    if (code.size() > 0xFFFF || maxStack > 0xFFFF || maxLocals > 0xFFFF) {
      throw new Unpatchable("a method of " + code.size() + " bytes");
    }
    for (Jump jump : jumps) {
      jump(jump.at, place(jump.to));
    }
    out.u2(maxStack);
    out.u2(maxLocals);
    out.u4(code.size());
    out.copy(code);
    out.u2(handlers.size());
    for (Handler handler : handlers) {
      out.u2(place(handler.start));
      out.u2(place(handler.end));
      out.u2(place(handler.code));
      out.u2(handler.type == null ? 0 : constants.classOf(handler.type));
    }
  }

  boolean hasFrames() {
    return !frames.isEmpty();
  }

  /** Writes the contents of the table of stack frames (JVMS §4.7.4), each frame in full. */
  void writeFramesTo(Bytes out) {
    out.u2(frames.size());
    int before = -1;
    for (Frame frame : frames) {
      out.u1(0xFF);
      out.u2(frame.at - before - 1);
      types(frame.locals, out);
      types(frame.stack, out);
      before = frame.at;
    }
  }

  private void types(Object[] types, Bytes out) {
    out.u2(types.length);
    for (Object type : types) {
      if (type instanceof Integer primitive) {
        out.u1(primitive);
      } else if (type instanceof Label uninitialized) {
        out.u1(8);
        out.u2(place(uninitialized));
      } else {
        out.u1(7);
        out.u2(
            type instanceof StackFrames.ClassConstant known
                ? known.constant()
                : constants.classOf((String) type));
      }
    }
  }
}
