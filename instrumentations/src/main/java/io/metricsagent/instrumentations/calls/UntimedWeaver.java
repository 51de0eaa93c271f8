package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.util.List;

/**
 * Keeps the time that weaving takes out of the calls that wait for it: the first call of a process
 * loads classes, some of which are targets, and what the agent does to them is not the library's
 * time. Thread-safe.
 */
public final class UntimedWeaver implements TargetWeaver {
  private final TargetWeaver weaver;

  /** Puts itself in front of the one that weaves. */
  public UntimedWeaver(TargetWeaver weaver) {
    this.weaver = weaver;
  }

  @Override
  public byte[] weave(
      Module module,
      ClassLoader loader,
      String className,
      byte[] classFile,
      List<String> supertypes) {
    long start = System.nanoTime();
    try {
      return weaver.weave(module, loader, className, classFile, supertypes);
    } finally {
      FrameStack.current().leaveOut(System.nanoTime() - start);
    }
  }
}
