package io.metricsagent.instrumentations.rules.weaving.classfile;

import java.util.Arrays;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The stack frames of a method (JVMS §4.7.4), read one after another. A frame says what differs
 * from the one before; what is passed on has all variables. Not thread-safe.
 */
final class StackFrames {
  /** The type of a variable or value: the class that a constant of the file names. */
  record ClassConstant(int constant) {}

  private static final int OBJECT = 7;
  private static final int UNINITIALIZED = 8;
  private static final int SAME = 64;
  private static final int SAME_WITH_ONE_VALUE = 128;
  private static final int LONG_SAME_WITH_ONE_VALUE = 247;
  private static final int FULL = 255;
  private static final Object[] NOTHING = {};

  private final ClassFile file;
  private final Moves moves;
  private int at;
  private int left;
  private Object[] locals;
  private Object[] stack = NOTHING;

  /** Where the next frame belongs in the code; -1 if there is none. */
  private int next = -1;

  /**
   * Prepares the first frame.
   *
   * @param table the place of the attribute's contents; -1 if the method has no frames
   */
  StackFrames(ClassFile file, int table, Object[] initialLocals, Moves moves) {
    this.file = file;
    this.moves = moves;
    locals = initialLocals;
    if (table >= 0) {
      left = file.u2(table);
      at = table + 2;
      read();
    }
  }

  /** Passes the frame of an instruction on, if it has one. */
  void passTo(MethodVisitor code, int instruction) {
    if (next == instruction) {
      code.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
      read();
    }
  }

  private void read() {
    if (left-- == 0) {
      next = -1;
      return;
    }
    int type = file.u1(at++);
    stack = NOTHING;
    int distance;
    if (type < SAME) {
      distance = type;
    } else if (type < SAME_WITH_ONE_VALUE) {
      distance = type - SAME;
      stack = types(1);
    } else if (type < LONG_SAME_WITH_ONE_VALUE) {
      throw new Unpatchable("a stack frame of the kind " + type);
    } else {
      distance = file.u2(at);
      at += 2;
      readLong(type);
    }
    next += distance + 1;
  }

  private void readLong(int type) {
    if (type == LONG_SAME_WITH_ONE_VALUE) {
      stack = types(1);
    } else if (type == FULL) {
      locals = types(count());
      stack = types(count());
    } else if (type <= 251) { // takes the last variables away: 0 to 3 of them
      locals = Arrays.copyOf(locals, locals.length - (251 - type));
    } else { // adds 1 to 3 variables
      Object[] added = types(type - 251);
      int known = locals.length;
      locals = Arrays.copyOf(locals, known + added.length);
      System.arraycopy(added, 0, locals, known, added.length);
    }
  }

  private int count() {
    at += 2;
    return file.u2(at - 2);
  }

  private Object[] types(int count) {
    Object[] types = new Object[count];
    for (int i = 0; i < count; i++) {
      int tag = file.u1(at++);
      if (tag == OBJECT) {
        types[i] = new ClassConstant(count());
      } else if (tag == UNINITIALIZED) {
        types[i] = moves.label(count());
      } else {
        types[i] = primitive(tag);
      }
    }
    return types;
  }

  /** The types are compared by identity. */
  private static Integer primitive(int tag) {
    return switch (tag) {
      case 0 -> Opcodes.TOP;
      case 1 -> Opcodes.INTEGER;
      case 2 -> Opcodes.FLOAT;
      case 3 -> Opcodes.DOUBLE;
      case 4 -> Opcodes.LONG;
      case 5 -> Opcodes.NULL;
      case 6 -> Opcodes.UNINITIALIZED_THIS;
      default -> throw new Unpatchable("a type of the kind " + tag + " in a stack frame");
    };
  }
}
