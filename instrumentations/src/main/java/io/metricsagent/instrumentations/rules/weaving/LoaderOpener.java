package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.targets.HidingLoaders;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Has a class loader of {@link HidingLoaders} show the agent's bootstrap classes. As source, its
 * {@code loadClass} methods begin with
 *
 * <pre>
 *   if (name.startsWith("io.metricsagent.bootstrap.")) {
 *     return Class.forName(name, false, null);
 *   }
 * </pre>
 *
 * <p>That refers to nothing but the JDK, so it links wherever the loader's own class is. Stateless.
 */
final class LoaderOpener {
  private static final String RESULT = "Ljava/lang/Class;";

  private LoaderOpener() {}

  /** Returns the class file of the loader that shows them. */
  static byte[] open(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new LoadClassVisitor(writer), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  private static final class LoadClassVisitor extends ClassVisitor {
    private String className;
    private boolean frames;

    LoadClassVisitor(ClassVisitor writer) {
      super(Opcodes.ASM9, writer);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      className = name;
      frames = (version & 0xFFFF) >= Opcodes.V1_6;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean loadsClasses =
          name.equals("loadClass")
              && descriptor.startsWith("(Ljava/lang/String;")
              && descriptor.endsWith(RESULT)
              && (access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
      return loadsClasses
          ? new Beginning(code, new MethodShape(className, access, descriptor, frames))
          : code;
    }
  }

  private static final class Beginning extends MethodVisitor {
    private static final int NAME = 1;

    private final MethodShape shape;

    Beginning(MethodVisitor code, MethodShape shape) {
      super(Opcodes.ASM9, code);
      this.shape = shape;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      Label others = new Label();
      super.visitVarInsn(Opcodes.ALOAD, NAME);
      super.visitLdcInsn(HidingLoaders.SHOWN);
      super.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, "java/lang/String", "startsWith", "(Ljava/lang/String;)Z", false);
      super.visitJumpInsn(Opcodes.IFEQ, others);
      super.visitVarInsn(Opcodes.ALOAD, NAME);
      super.visitInsn(Opcodes.ICONST_0);
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/Class",
          "forName",
          "(Ljava/lang/String;ZLjava/lang/ClassLoader;)" + RESULT,
          false);
      super.visitInsn(Opcodes.ARETURN);
      super.visitLabel(others);
      if (shape.hasFrames()) {
        Object[] locals = shape.initialLocals();
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
        // Separates this frame from one that the method may have at its first instruction.
        super.visitInsn(Opcodes.NOP);
      }
    }
  }
}
