package io.metricsagent.instrumentations.rules.weaving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Writes the code of a class line by line: the instructions, stack frames, handlers, and the tables
 * for debuggers. Two class files with the same lines do the same.
 */
final class Listing extends ClassVisitor {
  private final List<String> lines = new ArrayList<>();

  private Listing() {
    super(Opcodes.ASM9);
  }

  static List<String> of(byte[] classFile) {
    Listing listing = new Listing();
    new ClassReader(classFile).accept(listing, ClassReader.EXPAND_FRAMES);
    return listing.lines;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    lines.add(
        access + " " + name + descriptor + " " + signature + " " + Arrays.toString(exceptions));
    return new Code();
  }

  private final class Code extends MethodVisitor {
    private final Map<Label, Integer> labels = new IdentityHashMap<>();

    Code() {
      super(Opcodes.ASM9);
    }

    private void line(Object... parts) {
      lines.add(Stream.of(parts).map(this::text).collect(Collectors.joining(" ")));
    }

    private String text(Object part) {
      if (part instanceof Label label) {
        return "L" + labels.computeIfAbsent(label, l -> labels.size());
      }
      return part instanceof Object[] all
          ? Stream.of(all).map(this::text).collect(Collectors.joining(",", "[", "]"))
          : String.valueOf(part);
    }

    private Object[] first(int count, Object[] all) {
      return count == 0 ? new Object[0] : Arrays.copyOf(all, count);
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
      line("frame", first(numLocal, local), first(numStack, stack));
    }

    @Override
    public void visitInsn(int opcode) {
      line(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      line(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      line(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      line(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      line(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      line(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      line("dynamic", name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      line(opcode, label);
    }

    @Override
    public void visitLabel(Label label) {
      line("at", label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      line("constant", value.getClass(), value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      line("add", variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... to) {
      line("table", min, max, otherwise, to);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] to) {
      line("lookup", Arrays.toString(keys), otherwise, to);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      line("arrays", descriptor, dimensions);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label code, String type) {
      line("handler", start, end, code, type);
    }

    @Override
    public void visitLocalVariable(
        String name, String descriptor, String signature, Label start, Label end, int index) {
      line("variable", name, descriptor, signature, start, end, index);
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line("line", number, start);
    }

    @Override
    public void visitAttribute(Attribute attribute) {
      line("attribute", attribute.type);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      line("maxima", maxStack, maxLocals);
    }
  }
}
