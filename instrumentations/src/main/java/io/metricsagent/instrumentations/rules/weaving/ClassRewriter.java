package io.metricsagent.instrumentations.rules.weaving;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Weaves a class by laying out its woven methods anew, whatever their instructions are. */
final class ClassRewriter extends ClassVisitor {
  private final Insertions insertions;
  private final DeclaredMethods methods;
  private int next;

  private ClassRewriter(ClassVisitor writer, Insertions insertions, DeclaredMethods methods) {
    super(Opcodes.ASM9, writer);
    this.insertions = insertions;
    this.methods = methods;
  }

  static byte[] rewrite(byte[] classFile, Insertions insertions, DeclaredMethods methods) {
    ClassReader reader = new ClassReader(classFile);
    // No computing of stack sizes: to follow the flow of each woven method costs milliseconds while
    // it is not compiled, and ProbeInserter knows what its calls add.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new ClassRewriter(writer, insertions, methods), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
    return insertions.before(code, methods.get(next++));
  }
}
