package io.metricsagent.agent.architecture.samples.libraries.two;

/** Is used by another library. */
public final class Two {
  private Two() {}

  /** Returns a name. */
  public static String name() {
    return "two";
  }
}
