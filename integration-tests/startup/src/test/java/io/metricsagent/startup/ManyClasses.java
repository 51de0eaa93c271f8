package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * An application that loads 10,000 classes of its own, each of which implements an interface of the
 * application, and then prints the names of its threads.
 */
public final class ManyClasses {
  static final int COUNT = 10_000;
  private static final String NAME = "com/example/many/C";

  private ManyClasses() {}

  /** Loads the classes and prints the names of the live threads. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < COUNT; i++) {
      Class.forName(NAME.replace('/', '.') + i);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      System.out.println("thread " + thread.getName());
    }
  }

  /** Writes the classes and this one into a jar. */
  static Path jar(Path folder) throws IOException {
    Path file = folder.resolve("many-classes.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ManyClasses.class.getName());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      jar.setLevel(1);
      String self = ManyClasses.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(self));
      ManyClasses.class.getResourceAsStream("/" + self).transferTo(jar);
      for (int i = 0; i < COUNT; i++) {
        jar.putNextEntry(new JarEntry(NAME + i + ".class"));
        jar.write(classFile(NAME + i));
      }
    }
    return file;
  }

  private static byte[] classFile(String name) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        name,
        null,
        "java/lang/Object",
        new String[] {"java/lang/Runnable"});
    MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
    run.visitCode();
    run.visitInsn(Opcodes.RETURN);
    run.visitMaxs(0, 1);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
