package io.metricsagent.agent.architecture.samples.libraries.one;

import io.metricsagent.agent.architecture.samples.libraries.shared.both.Both;
import io.metricsagent.agent.architecture.samples.libraries.two.Two;

/** Uses another library, and what is shared. */
public final class One {
  private One() {}

  /** Returns a name. */
  public static String name() {
    return Two.name() + Both.name();
  }
}
