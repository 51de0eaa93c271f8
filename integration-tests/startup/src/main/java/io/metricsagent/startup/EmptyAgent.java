package io.metricsagent.startup;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that does nothing: what any agent pays to the JVM. */
public final class EmptyAgent {
  private EmptyAgent() {}

  /** Does nothing. */
  public static void premain(String arguments, Instrumentation jvm) {}

  /** Writes the agent's jar. */
  static Path jar(Path folder) throws IOException {
    Path file = folder.resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", EmptyAgent.class.getName());
    attributes.putValue("Boot-Class-Path", file.getFileName().toString());
    attributes.putValue("Can-Retransform-Classes", "true");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      String self = EmptyAgent.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(self));
      EmptyAgent.class.getResourceAsStream("/" + self).transferTo(jar);
    }
    return file;
  }
}
