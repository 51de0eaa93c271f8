package io.metricsagent.instrumentations.rules.weaving;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The variables and stack frames of a method, as its descriptor determines them. */
final class MethodShape {
  private final boolean isStatic;
  private final String className;
  private final boolean frames;
  private final Type[] parameters;
  private final Type result;

  /**
   * Reads a descriptor.
   *
   * @param className internal name of the class
   * @param frames whether the class file has stack frames, as it has from Java 6 on
   */
  MethodShape(String className, int access, String descriptor, boolean frames) {
    this.className = className;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.frames = frames;
    parameters = Type.getArgumentTypes(descriptor);
    result = Type.getReturnType(descriptor);
  }

  boolean isStatic() {
    return isStatic;
  }

  boolean hasFrames() {
    return frames;
  }

  Type result() {
    return result;
  }

  /** Returns how many parameters the method has. */
  int parameters() {
    return parameters.length;
  }

  /** Returns the type of a parameter, or {@code null} if it is missing. */
  Type parameter(int index) {
    return index < parameters.length ? parameters[index] : null;
  }

  /** Returns the type of a parameter, or {@code null} if it is missing or primitive. */
  Type objectParameter(int index) {
    Type type = parameter(index);
    return type != null && isObject(type) ? type : null;
  }

  /** Returns the variable that holds a parameter. */
  int variable(int index) {
    int variable = isStatic ? 0 : 1;
    for (int i = 0; i < index; i++) {
      variable += parameters[i].getSize();
    }
    return variable;
  }

  /** Returns the variables at the beginning of the method, in the form of a frame. */
  Object[] initialLocals() {
    Object[] locals = new Object[parameters.length + (isStatic ? 0 : 1)];
    int used = 0;
    if (!isStatic) {
      locals[used++] = className;
    }
    for (Type parameter : parameters) {
      locals[used++] = inFrame(parameter);
    }
    return locals;
  }

  static boolean isObject(Type type) {
    return type.getSort() >= Type.ARRAY;
  }

  /** Returns the class that boxes a primitive type, or {@code null} for any other type. */
  static String box(Type type) {
    switch (type.getSort()) {
      case Type.BOOLEAN:
        return "java/lang/Boolean";
      case Type.CHAR:
        return "java/lang/Character";
      case Type.BYTE:
        return "java/lang/Byte";
      case Type.SHORT:
        return "java/lang/Short";
      case Type.INT:
        return "java/lang/Integer";
      case Type.FLOAT:
        return "java/lang/Float";
      case Type.LONG:
        return "java/lang/Long";
      case Type.DOUBLE:
        return "java/lang/Double";
      default:
        return null;
    }
  }

  /** Returns a type in the form that frames use. */
  static Object inFrame(Type type) {
    switch (type.getSort()) {
      case Type.LONG:
        return Opcodes.LONG;
      case Type.DOUBLE:
        return Opcodes.DOUBLE;
      case Type.FLOAT:
        return Opcodes.FLOAT;
      case Type.ARRAY:
      case Type.OBJECT:
        return type.getInternalName();
      default:
        return Opcodes.INTEGER;
    }
  }
}
