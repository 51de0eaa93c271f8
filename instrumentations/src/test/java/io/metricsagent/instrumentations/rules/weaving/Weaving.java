package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.OneRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Makes modules and a telemetry for tests of the weaver. */
final class Weaving {
  private Weaving() {}

  static Telemetry telemetry() {
    return new Telemetry(
        new Registry(
            new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
            Clock.systemUTC(),
            () -> {}));
  }

  static InstrumentationModule module(Supplier<SiteHandler> handler, Rule... rules) {
    return new OneRow("rule", List.of(rules), handler);
  }
}
