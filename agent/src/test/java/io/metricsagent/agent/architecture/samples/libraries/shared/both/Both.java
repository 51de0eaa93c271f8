package io.metricsagent.agent.architecture.samples.libraries.shared.both;

/** Is there for all libraries. */
public final class Both {
  private Both() {}

  /** Returns a name. */
  public static String name() {
    return "both";
  }
}
