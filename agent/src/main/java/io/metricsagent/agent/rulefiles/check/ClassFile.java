package io.metricsagent.agent.rulefiles.check;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What a class file declares. Names are internal, with slashes. Immutable.
 *
 * @param signature the generic signature, or {@code null}
 * @param superName {@code null} for {@code java/lang/Object}
 */
record ClassFile(
    String name,
    int access,
    String signature,
    String superName,
    List<String> interfaces,
    List<Member> methods,
    List<Member> fields) {

  /**
   * A method or a field.
   *
   * @param signature the generic signature, or {@code null}
   */
  record Member(int access, String name, String descriptor, String signature) {
    boolean is(int flag) {
      return (access & flag) != 0;
    }

    /** Returns whether this is a public method of objects, without arguments and with a result. */
    boolean isGetter() {
      return is(Opcodes.ACC_PUBLIC) && isReadable();
    }

    /** Returns whether this is a method of objects without arguments and with a result. */
    boolean isReadable() {
      return !is(Opcodes.ACC_STATIC) && descriptor.startsWith("()") && !descriptor.endsWith(")V");
    }

    /** Returns the method as in source: {@code evaluate(com.acme.Request, int)}. */
    String written() {
      List<String> types = new ArrayList<>();
      for (Type type : Type.getArgumentTypes(descriptor)) {
        types.add(type.getClassName());
      }
      return name + "(" + String.join(", ", types) + ")";
    }

    /** Returns the descriptor without the result. */
    String parameters() {
      return descriptor.substring(0, descriptor.indexOf(')') + 1);
    }
  }

  /**
   * Reads a class file.
   *
   * @throws IllegalArgumentException if it is none, or of a Java that is newer than the reader
   */
  static ClassFile read(byte[] bytes) {
    try {
      Members members = new Members();
      new ClassReader(bytes)
          .accept(
              members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return members.result;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(e); // a broken file may fail anywhere
    }
  }

  boolean is(int flag) {
    return (access & flag) != 0;
  }

  /** Returns the name as in source. */
  String written() {
    return written(name);
  }

  /** Returns an internal name as in source, with $ before the name of a nested class. */
  static String written(String internalName) {
    return internalName.replace('/', '.');
  }

  private static final class Members extends ClassVisitor {
    private final List<Member> methods = new ArrayList<>();
    private final List<Member> fields = new ArrayList<>();
    private ClassFile result;

    Members() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String above, String[] interfaces) {
      List<String> all = interfaces == null ? List.of() : List.of(interfaces);
      result = new ClassFile(name, access, signature, above, all, methods, fields);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      fields.add(new Member(access, name, descriptor, signature));
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      methods.add(new Member(access, name, descriptor, signature));
      return null;
    }
  }
}
