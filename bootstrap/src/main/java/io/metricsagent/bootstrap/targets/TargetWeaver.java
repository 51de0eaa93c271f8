package io.metricsagent.bootstrap.targets;

import java.util.List;

/** Changes the class files of targets. Thread-safe. */
public interface TargetWeaver {
  /**
   * Weaves a class.
   *
   * @param module the module of the class, or {@code null} if the caller does not know it
   * @param className the internal name of a target, or of a class below one if {@code supertypes}
   *     is not empty
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
