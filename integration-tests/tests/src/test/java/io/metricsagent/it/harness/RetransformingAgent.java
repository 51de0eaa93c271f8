package io.metricsagent.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Another agent, like a profiler or debugger: it loads a class of the application and has it
 * retransformed.
 */
public final class RetransformingAgent implements ClassFileTransformer {
  private RetransformingAgent() {}

  /** Called by the JVM with the name of the class. */
  public static void premain(String className, Instrumentation jvm) throws Exception {
    jvm.addTransformer(new RetransformingAgent(), true);
    jvm.retransformClasses(ClassLoader.getSystemClassLoader().loadClass(className));
    System.err.println("retransformed " + className);
  }

  /** Returns the unchanged class file, so that the JVM redefines the class. */
  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    return redefined == null ? null : classFile;
  }

  /** Writes the jar of this agent. */
  public static Path jar(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", RetransformingAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = directory.resolve("retransforming-agent.jar");
    String self = RetransformingAgent.class.getName().replace('.', '/').concat(".class");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = RetransformingAgent.class.getResourceAsStream("/" + self)) {
      out.putNextEntry(new JarEntry(self));
      in.transferTo(out);
    }
    return jar;
  }
}
