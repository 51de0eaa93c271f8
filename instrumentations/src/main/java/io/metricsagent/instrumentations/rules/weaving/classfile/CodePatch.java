package io.metricsagent.instrumentations.rules.weaving.classfile;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The code of one method (JVMS §4.7.3), in which instructions are added at the beginning, before
 * each return, and at the end. The method's own instructions are copied as they are, and what names
 * a place in the code is moved: jumps, handlers, stack frames, and the tables for debuggers. Other
 * attributes of the code, such as annotations of types within it, are left out; reflection cannot
 * read them. Not thread-safe.
 */
public final class CodePatch {
  static final String CODE = "Code";

  private static final int HEADER = 6; // name and length of an attribute
  private static final int TABLESWITCH = 170;
  private static final int LOOKUPSWITCH = 171;
  private static final int WIDE = 196;
  private static final int IINC = 132;
  private static final int GOTO_W = 200;
  private static final int JSR_W = 201;

  /** The number of bytes of each instruction by its opcode; 0 for those without a fixed number. */
  private static final String SIZES =
      "1111111111111111232332222211111111111111111111111111112222211111111111"
          + "1111111111111111111111111111111111111111111111111111111111111131111111"
          + "11111111111113333333333333333200111111333333355323113311043355";

  private final ClassFile file;
  private final AddedConstants constants;
  private final int start;
  private final int instructions;
  private final int length;
  private final int handlers;
  private final CodeWriter writer;
  private final Moves moves;
  private final Object[] initialLocals;

  CodePatch(ClassFile file, AddedConstants constants, int method, Object[] initialLocals) {
    this.file = file;
    this.constants = constants;
    this.initialLocals = initialLocals;
    start = file.attribute(method, CODE);
    if (start < 0) {
      throw new Unpatchable("a method without code");
    }
    length = file.s4(start + HEADER + 4);
    instructions = start + HEADER + 8;
    handlers = instructions + length;
    writer = new CodeWriter(constants, length + 256);
    moves = new Moves(length);
  }

  /** Returns the place of the code in the file. */
  int start() {
    return start;
  }

  /** Returns the place behind the code. */
  int end() {
    return file.behindAttribute(start);
  }

  /** Returns what writes the added instructions. */
  public MethodVisitor writer() {
    return writer;
  }

  /**
   * Shows the method to a visitor in front of the {@link #writer}: its beginning, its stack frames,
   * its returns, its handlers and its end. The visitor is not shown the other instructions.
   *
   * @throws Unpatchable if there is an instruction of an unknown kind
   */
  public void accept(MethodVisitor visitor) {
    StackFrames frames = new StackFrames(file, contents("StackMapTable"), initialLocals, moves);
    Bytes code = writer.code();
    visitor.visitCode();
    for (int at = 0; at < length; ) {
      frames.passTo(visitor, at);
      moves.move(at, code.size());
      int opcode = file.u1(instructions + at);
      int next = at + size(at, opcode);
      if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
        copySwitch(code, at, next);
      } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        visitor.visitInsn(opcode);
      } else {
        code.copy(file.bytes(), instructions + at, instructions + next);
      }
      at = next;
    }
    moves.move(length, code.size());
    visitHandlers(visitor);
    visitor.visitMaxs(file.u2(start + HEADER), file.u2(start + HEADER + 2));
    moves.bindLabels();
    moveJumps(code);
  }

  private int size(int at, int opcode) {
    int place = instructions + at;
    int size = opcode < SIZES.length() ? SIZES.charAt(opcode) - '0' : 0;
    if (size > 0) {
      return size;
    }
    int operands = operandsOfSwitch(at);
    return switch (opcode) {
      case TABLESWITCH ->
          operands
              + 12
              + 4
                  * (file.s4(instructions + operands + 8)
                      - file.s4(instructions + operands + 4)
                      + 1)
              - at;
      case LOOKUPSWITCH -> operands + 8 + 8 * file.s4(instructions + operands + 4) - at;
      case WIDE -> file.u1(place + 1) == IINC ? 6 : 4;
      default -> throw new Unpatchable("an instruction of the kind " + opcode);
    };
  }

  /** The operands of a switch begin at the next multiple of four, counted from the code's start. */
  private static int operandsOfSwitch(int at) {
    return (at & ~3) + 4;
  }

  private void copySwitch(Bytes code, int at, int next) {
    int padded = operandsOfSwitch(code.size());
    code.u1(file.u1(instructions + at));
    while (code.size() < padded) {
      code.u1(0);
    }
    code.copy(file.bytes(), instructions + operandsOfSwitch(at), instructions + next);
  }

  private void visitHandlers(MethodVisitor visitor) {
    int at = handlers + 2;
    for (int left = file.u2(handlers); left > 0; left--) {
      Label from = moves.label(file.u2(at));
      Label to = moves.label(file.u2(at + 2));
      Label code = moves.label(file.u2(at + 4));
      int type = file.u2(at + 6);
      visitor.visitTryCatchBlock(from, to, code, type == 0 ? null : constants.nameOfClass(type));
      at += 8;
    }
  }

  /** Writes the operands of the method's jumps anew, once all places are known. */
  private void moveJumps(Bytes code) {
    for (int at = 0; at < length; ) {
      int place = instructions + at;
      int opcode = file.u1(place);
      int size = size(at, opcode);
      if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
        moveSwitch(code, at, opcode, size);
      } else if (opcode == GOTO_W || opcode == JSR_W) {
        int from = moves.to(at);
        code.set4(from + 1, moves.to(at + file.s4(place + 1)) - from);
      } else if (isJump(opcode)) {
        writer.jump(moves.to(at), moves.to(at + file.s2(place + 1)));
      }
      at += size;
    }
  }

  private static boolean isJump(int opcode) {
    return opcode >= Opcodes.IFEQ && opcode <= Opcodes.JSR
        || opcode == Opcodes.IFNULL
        || opcode == Opcodes.IFNONNULL;
  }

  private void moveSwitch(Bytes code, int at, int opcode, int size) {
    int from = moves.to(at);
    int operands = operandsOfSwitch(at);
    int shift = operandsOfSwitch(from) - operands;
    moveSwitch(code, at, operands, shift, from);
    int step = opcode == TABLESWITCH ? 4 : 8;
    for (int target = operands + 12; target < at + size; target += step) {
      moveSwitch(code, at, target, shift, from);
    }
  }

  private void moveSwitch(Bytes code, int at, int operand, int shift, int from) {
    int to = moves.to(at + file.s4(instructions + operand));
    code.set4(operand + shift, to - from);
  }

  /** Returns the place of the contents of one of the code's attributes; -1 if there is none. */
  private int contents(String name) {
    int at = attributes() + 2;
    for (int left = file.u2(attributes()); left > 0; left--) {
      if (file.isAttribute(at, name)) {
        return at + HEADER;
      }
      at = file.behindAttribute(at);
    }
    return -1;
  }

  private int attributes() {
    return handlers + 2 + 8 * file.u2(handlers);
  }

  /** Writes the attribute with the new code. */
  void writeTo(Bytes out) {
    Bytes attribute = new Bytes(2 * (end() - start));
    writer.writeTo(attribute);
    int count = attribute.size();
    attribute.u2(0);
    attribute.set2(count, writeAttributes(attribute));
    out.u2(file.u2(start));
    out.u4(attribute.size());
    out.copy(attribute);
  }

  private int writeAttributes(Bytes out) {
    int count = 0;
    if (writer.hasFrames()) {
      out.u2(constants.utf8("StackMapTable"));
      int header = out.size();
      out.u4(0);
      writer.writeFramesTo(out);
      out.set4(header, out.size() - header - 4);
      count++;
    }
    int at = attributes() + 2;
    for (int left = file.u2(attributes()); left > 0; left--) {
      int end = file.behindAttribute(at);
      if (file.isAttribute(at, "LineNumberTable")) {
        writeLines(out, at, end);
        count++;
      } else if (file.isAttribute(at, "LocalVariableTable")
          || file.isAttribute(at, "LocalVariableTypeTable")) {
        writeVariables(out, at, end);
        count++;
      }
      at = end;
    }
    return count;
  }

  private void writeLines(Bytes out, int attribute, int end) {
    out.copy(file.bytes(), attribute, attribute + HEADER + 2);
    for (int at = attribute + HEADER + 2; at < end; at += 4) {
      out.u2(moves.to(file.u2(at)));
      out.u2(file.u2(at + 2));
    }
  }

  private void writeVariables(Bytes out, int attribute, int end) {
    out.copy(file.bytes(), attribute, attribute + HEADER + 2);
    for (int at = attribute + HEADER + 2; at < end; at += 10) {
      int from = file.u2(at);
      int moved = moves.to(from);
      out.u2(moved);
      out.u2(moves.to(from + file.u2(at + 2)) - moved);
      out.copy(file.bytes(), at + 4, at + 10);
    }
  }
}
