package io.metricsagent.instrumentations.rules.index;

import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Writes the class {@value TargetNames#BUILT_IN} from the rules; the build runs it when they are
 * compiled. It is what this source would be:
 *
 * <pre>{@code
 * final class BuiltInTargets {
 *   static {
 *     TargetNames.type("com/example/Client");
 *     TargetNames.supertype("com/example/Tool");
 *   }
 * }
 * }</pre>
 */
public final class TargetIndexWriter {
  private TargetIndexWriter() {}

  /**
   * Writes the class.
   *
   * @param args the folder of the compiled classes
   */
  public static void main(String[] args) throws IOException {
    TreeMap<String, Boolean> targets = new TreeMap<>(); // the same rules yield the same bytes
    for (InstrumentationModule module :
        ServiceLoader.load(InstrumentationModule.class, TargetIndexWriter.class.getClassLoader())) {
      for (Rule rule : module.rules()) {
        targets.merge(rule.type().replace('.', '/'), rule.subtypes(), Boolean::logicalOr);
      }
    }
    String name = TargetNames.BUILT_IN.replace('.', '/');
    Path file = Path.of(args[0], name + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, classFile(name, targets));
  }

  private static byte[] classFile(String name, TreeMap<String, Boolean> targets) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        "java/lang/Object",
        null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    targets.forEach(
        (type, subtypes) -> {
          code.visitLdcInsn(type);
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              TargetNames.class.getName().replace('.', '/'),
              subtypes ? "supertype" : "type",
              "(Ljava/lang/String;)V",
              false);
        });
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
