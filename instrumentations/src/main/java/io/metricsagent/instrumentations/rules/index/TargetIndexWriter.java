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
 * Writes the class {@value TargetNames#BUILT_IN} from the rules, except those of modules that a
 * setting must ask for; the build runs it when they are compiled. It is what this source would be:
 *
 * <pre>{@code
 * final class BuiltInTargets {
 *   static {
 *     TargetNames.module("example", "io.metricsagent.instrumentations.example.ExampleModule");
 *     TargetNames.type("com/example/Client", "example");
 *     TargetNames.supertype("com/example/Tool", "example");
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
    // Sorted, so that equal rules make equal bytes.
    TreeMap<String, InstrumentationModule> modules = new TreeMap<>();
    for (InstrumentationModule module :
        ServiceLoader.load(InstrumentationModule.class, TargetIndexWriter.class.getClassLoader())) {
      if (!module.isOptIn()) {
        modules.put(module.name(), module);
      }
    }
    String name = TargetNames.BUILT_IN.replace('.', '/');
    Path file = Path.of(args[0], name + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, classFile(name, modules));
  }

  private static byte[] classFile(String name, TreeMap<String, InstrumentationModule> modules) {
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
    modules.forEach(
        (moduleName, module) -> {
          call(code, "module", moduleName, module.getClass().getName());
          targets(module)
              .forEach(
                  (type, subtypes) ->
                      call(code, subtypes ? "supertype" : "type", type, moduleName));
        });
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /**
   * Returns the internal names of a module's targets; the value says whether subtypes are targets
   * too.
   */
  private static TreeMap<String, Boolean> targets(InstrumentationModule module) {
    TreeMap<String, Boolean> targets = new TreeMap<>();
    for (Rule rule : module.rules()) {
      targets.merge(rule.type().replace('.', '/'), rule.subtypes(), Boolean::logicalOr);
    }
    return targets;
  }

  private static void call(MethodVisitor code, String method, String argument, String module) {
    code.visitLdcInsn(argument);
    code.visitLdcInsn(module);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        TargetNames.class.getName().replace('.', '/'),
        method,
        "(Ljava/lang/String;Ljava/lang/String;)V",
        false);
  }
}
