package io.metricsagent.benchmarks;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Micrometer with timers that have the buckets of {@code publishPercentileHistogram()}, as in its
 * registries for Prometheus and OTLP; the simple registry omits them.
 */
final class MicrometerTimers extends SimpleMeterRegistry {
  Timer timer(String tool) {
    return Timer.builder("tool").tag("tool", tool).publishPercentileHistogram().register(this);
  }

  @Override
  protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
    return new CumulativeTimer(id, clock, config, pauses, getBaseTimeUnit(), true);
  }
}
