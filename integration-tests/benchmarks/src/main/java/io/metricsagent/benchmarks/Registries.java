package io.metricsagent.benchmarks;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import java.time.Clock;
import java.time.Instant;

/** Creates registries like the agent. */
final class Registries {
  private Registries() {}

  static Registry empty() {
    return new Registry(
        new RegistrySettings(Instant.EPOCH, "worker-1", "benchmarks", "baseline", 1000, "1.0"),
        Clock.systemUTC(),
        () -> {});
  }
}
