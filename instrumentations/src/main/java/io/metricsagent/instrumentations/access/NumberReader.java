package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandleInfo;
import java.util.function.ToLongFunction;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes a class that calls one getter of a library. The JIT compiler inlines such a class into a
 * loop, where a method handle that is not a constant costs a call for each object. The class has a
 * loader of its own, below the library's, so that it is unloaded with the library.
 */
final class NumberReader {
  private static final String NAME = "metricsagent/NumberReader";
  private static final String OBJECT = "java/lang/Object";

  /** Defines one class. */
  private static final class Loader extends ClassLoader {
    Loader(ClassLoader library) {
      super(library);
    }

    Class<?> define(byte[] file) {
      return defineClass(NAME.replace('/', '.'), file, 0, file.length);
    }
  }

  private NumberReader() {}

  /**
   * Returns a reader of a public method without arguments that returns a {@code long}, {@code int},
   * {@code short} or {@code byte}. Its result is -1 for an object of another class, and where the
   * method throws an exception; {@code null} where no reader can be made, since the library's
   * loader does not load the getter's class by its name.
   */
  static ToLongFunction<Object> of(MethodHandleInfo getter) {
    return Privileges.areAsked() ? Privileges.with(() -> make(getter)) : make(getter);
  }

  @SuppressWarnings("unchecked")
  private static ToLongFunction<Object> make(MethodHandleInfo getter) {
    Class<?> owner = getter.getDeclaringClass();
    Loader loader = new Loader(owner.getClassLoader());
    try {
      if (Class.forName(owner.getName(), false, loader) != owner) {
        return null; // the loader has another class of that name
      }
      Class<?> made = loader.define(classFile(getter));
      return (ToLongFunction<Object>) made.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static byte[] classFile(MethodHandleInfo getter) {
    ClassWriter file = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {Type.getInternalName(ToLongFunction.class)};
    file.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, NAME, null, OBJECT, interfaces);
    MethodVisitor made = file.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    made.visitInsn(Opcodes.RETURN);
    made.visitMaxs(0, 0);
    read(
        file.visitMethod(Opcodes.ACC_PUBLIC, "applyAsLong", "(L" + OBJECT + ";)J", null, null),
        getter);
    return file.toByteArray();
  }

  private static void read(MethodVisitor code, MethodHandleInfo getter) {
    Class<?> owner = getter.getDeclaringClass();
    String name = Type.getInternalName(owner);
    Label start = new Label();
    Label end = new Label();
    Label failed = new Label();
    code.visitCode();
    code.visitTryCatchBlock(start, end, failed, "java/lang/Exception");
    code.visitLabel(start);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitTypeInsn(Opcodes.CHECKCAST, name);
    code.visitMethodInsn(
        owner.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
        name,
        getter.getName(),
        getter.getMethodType().toMethodDescriptorString(),
        owner.isInterface());
    if (getter.getMethodType().returnType() != long.class) {
      code.visitInsn(Opcodes.I2L);
    }
    code.visitLabel(end);
    code.visitInsn(Opcodes.LRETURN);
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Exception"});
    code.visitLdcInsn(-1L);
    code.visitInsn(Opcodes.LRETURN);
    code.visitMaxs(0, 0);
  }
}
