package io.metricsagent.startup;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that gets each class and does nothing: it shows what any agent costs. */
public final class EmptyAgent implements ClassFileTransformer {
  private EmptyAgent() {}

  /** Adds a transformer. */
  public static void premain(String arguments, Instrumentation jvm) {
    jvm.addTransformer(new EmptyAgent());
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    return null;
  }

  /** Writes the agent's jar. */
  static Path jar(Path folder) throws IOException {
    Path file = folder.resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", EmptyAgent.class.getName());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      String self = EmptyAgent.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(self));
      EmptyAgent.class.getResourceAsStream("/" + self).transferTo(jar);
    }
    return file;
  }
}
