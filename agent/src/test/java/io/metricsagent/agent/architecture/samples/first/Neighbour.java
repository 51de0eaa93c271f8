package io.metricsagent.agent.architecture.samples.first;

import io.metricsagent.agent.architecture.samples.second.CallingHandler;

/** Uses a package that uses this one. */
final class Neighbour {
  private Neighbour() {}

  static String name() {
    return CallingHandler.name();
  }
}
