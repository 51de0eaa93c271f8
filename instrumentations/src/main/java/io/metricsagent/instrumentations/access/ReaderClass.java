package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes classes that call one getter of a library each. The JIT compiler inlines such a class into
 * a loop, and calls it elsewhere with fewer reads of memory than a method handle needs that is not
 * a constant. Each class has a loader of its own, below the library's, so that it is unloaded with
 * the library.
 */
final class ReaderClass {
  private static final String NAME = "metricsagent/Reader";
  private static final String OBJECT = "java/lang/Object";
  private static final String READ = "(L" + OBJECT + ";)L" + OBJECT + ";";
  private static final String READ_NUMBER = "(L" + OBJECT + ";)J";

  /** Defines one class. */
  private static final class Loader extends ClassLoader {
    Loader(ClassLoader library) {
      super(library);
    }

    Class<?> define(byte[] file) {
      return defineClass(NAME.replace('/', '.'), file, 0, file.length);
    }
  }

  private ReaderClass() {}

  /**
   * Returns a reader of any value, which throws what the getter throws. A reader of a primitive
   * whole number is a {@link ToLongFunction}, too.
   *
   * @param getter has one argument, the object, and a result
   * @return {@code null} where no reader can be made, since the handle is not of a public method,
   *     or the library's loader does not load the getter's class by its name
   */
  @SuppressWarnings("unchecked")
  static Function<Object, Object> of(MethodHandle getter) {
    return (Function<Object, Object>) made(getter, false);
  }

  /**
   * Returns a reader for loops. Its result is -1 for an object of another class, and where the
   * method throws an exception.
   *
   * @param getter returns a {@code long}, {@code int}, {@code short} or {@code byte}
   * @return {@code null} as {@link #of}
   */
  @SuppressWarnings("unchecked")
  static ToLongFunction<Object> forLoops(MethodHandle getter) {
    return (ToLongFunction<Object>) made(getter, true);
  }

  private static Object made(MethodHandle getter, boolean forLoops) {
    return Privileges.areAsked()
        ? Privileges.with(() -> make(getter, forLoops))
        : make(getter, forLoops);
  }

  private static Object make(MethodHandle handle, boolean forLoops) {
    MethodHandleInfo getter;
    try {
      getter = MethodHandles.publicLookup().revealDirect(handle);
    } catch (IllegalArgumentException e) {
      return null; // a handle of several steps
    }
    if (getter.getReferenceKind() != MethodHandleInfo.REF_invokeVirtual
        && getter.getReferenceKind() != MethodHandleInfo.REF_invokeInterface) {
      return null; // a field
    }
    Class<?> owner = getter.getDeclaringClass();
    Loader loader = new Loader(owner.getClassLoader());
    try {
      if (Class.forName(owner.getName(), false, loader) != owner) {
        return null; // the loader has another class of that name
      }
      Class<?> made = loader.define(classFile(getter, forLoops));
      return made.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static byte[] classFile(MethodHandleInfo getter, boolean forLoops) {
    ClassWriter file = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {
      Type.getInternalName(Function.class), Type.getInternalName(ToLongFunction.class)
    };
    file.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, NAME, null, OBJECT, interfaces);
    MethodVisitor made = file.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    made.visitInsn(Opcodes.RETURN);
    made.visitMaxs(0, 0);
    if (forLoops) {
      readOrMinusOne(method(file, "applyAsLong", READ_NUMBER), getter);
    } else {
      read(method(file, "apply", READ), getter);
      if (isWhole(getter)) {
        readNumber(method(file, "applyAsLong", READ_NUMBER), getter);
      }
    }
    return file.toByteArray();
  }

  private static boolean isWhole(MethodHandleInfo getter) {
    return Getters.isWhole(getter.getMethodType().returnType());
  }

  private static MethodVisitor method(ClassWriter file, String name, String descriptor) {
    MethodVisitor code = file.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void read(MethodVisitor code, MethodHandleInfo getter) {
    call(code, getter);
    Class<?> result = getter.getMethodType().returnType();
    if (result.isPrimitive()) {
      box(code, result);
    }
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(0, 0);
  }

  private static void box(MethodVisitor code, Class<?> primitive) {
    Class<?> box = MethodType.methodType(primitive).wrap().returnType();
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(box),
        "valueOf",
        Type.getMethodDescriptor(Type.getType(box), Type.getType(primitive)),
        false);
  }

  private static void readNumber(MethodVisitor code, MethodHandleInfo getter) {
    callForNumber(code, getter);
    code.visitInsn(Opcodes.LRETURN);
    code.visitMaxs(0, 0);
  }

  private static void readOrMinusOne(MethodVisitor code, MethodHandleInfo getter) {
    Label start = new Label();
    Label end = new Label();
    Label failed = new Label();
    code.visitTryCatchBlock(start, end, failed, "java/lang/Exception");
    code.visitLabel(start);
    callForNumber(code, getter);
    code.visitLabel(end);
    code.visitInsn(Opcodes.LRETURN);
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Exception"});
    code.visitLdcInsn(-1L);
    code.visitInsn(Opcodes.LRETURN);
    code.visitMaxs(0, 0);
  }

  private static void callForNumber(MethodVisitor code, MethodHandleInfo getter) {
    call(code, getter);
    if (getter.getMethodType().returnType() != long.class) {
      code.visitInsn(Opcodes.I2L);
    }
  }

  private static void call(MethodVisitor code, MethodHandleInfo getter) {
    Class<?> owner = getter.getDeclaringClass();
    String name = Type.getInternalName(owner);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitTypeInsn(Opcodes.CHECKCAST, name);
    code.visitMethodInsn(
        owner.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
        name,
        getter.getName(),
        getter.getMethodType().toMethodDescriptorString(),
        owner.isInterface());
  }
}
