package io.metricsagent.bootstrap.targets;

import java.util.List;

/** What changes a target. Thread-safe. */
public interface TargetWeaver {
  /**
   * Weaves a class.
   *
   * @param module {@code null} where the caller does not know it
   * @param className internal name; a target itself, unless {@code supertypes} is not empty
   * @param supertypes internal names of the targets that the class is below
   * @return the new class file, or {@code null} to leave the class as it is
   */
  byte[] weave(
      Module module,
      ClassLoader loader,
      String className,
      byte[] classFile,
      List<String> supertypes);
}
