package io.metricsagent.exporters.statsd;

/**
 * Where StatsD lines go and how they look.
 *
 * @param host {@code metrics.agent.statsd.host}
 * @param port {@code metrics.agent.statsd.port}
 * @param prefix {@code metrics.agent.statsd.prefix}, without the dot at its end; may be empty
 * @param sampleRate {@code metrics.agent.statsd.sample.rate}, above 0 and at most 1
 * @param dialect {@code metrics.agent.statsd.dialect}
 */
public record StatsdSettings(
    String host, int port, String prefix, double sampleRate, Dialect dialect) {
  /** Checks the ranges. */
  public StatsdSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "metrics.agent.statsd.port is " + port + "; write 1 to 65535");
    }
    if (!(sampleRate > 0 && sampleRate <= 1)) {
      throw new IllegalArgumentException(
          "metrics.agent.statsd.sample.rate is "
              + sampleRate
              + "; write a number above 0 and at most 1");
    }
  }
}
