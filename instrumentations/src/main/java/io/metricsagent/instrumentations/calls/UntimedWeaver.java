package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.util.List;

/**
 * Leaves the time of weaving out of the calls that wait for it. The first call of a process loads
 * classes, and some of these are targets: the time that the agent takes to weave them is not the
 * library's time. Thread-safe.
 */
public final class UntimedWeaver implements TargetWeaver {
  private final TargetWeaver weaver;

  /** Wraps {@code weaver}, which does the weaving. */
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
