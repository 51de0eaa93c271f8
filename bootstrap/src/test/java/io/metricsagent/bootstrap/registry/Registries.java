package io.metricsagent.bootstrap.registry;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Registries for tests, and a clock that they move. */
final class Registries {
  static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

  private Registries() {}

  static Registry empty() {
    return limited(1000, () -> {});
  }

  static Registry limited(int limit, Runnable onLimit) {
    return new Registry(settings(null, limit), new MovableClock(), onLimit);
  }

  static RegistrySettings settings(String experiment, int limit) {
    return new RegistrySettings(START, "worker-1", "shop", experiment, limit, "1.2.3");
  }

  static final class MovableClock extends Clock {
    private Instant now = START;

    void set(Instant instant) {
      now = instant;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
