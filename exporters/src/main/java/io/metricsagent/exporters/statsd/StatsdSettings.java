package io.metricsagent.exporters.statsd;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where StatsD lines go and how they look.
 *
 * @param host {@code metrics.agent.statsd.host}
 * @param port {@code metrics.agent.statsd.port}
 * @param socket a Unix stream socket to send to instead, or {@code null}
 * @param prefix {@code metrics.agent.statsd.prefix}, without the dot at its end; may be empty
 * @param sampleRate {@code metrics.agent.statsd.sample.rate}, above 0 and at most 1
 * @param dialect {@code metrics.agent.statsd.dialect}
 * @param tags of every line, besides its own
 * @param container that every line is said to come from, or {@code null}
 */
public record StatsdSettings(
    String host,
    int port,
    Path socket,
    String prefix,
    double sampleRate,
    Dialect dialect,
    Map<String, String> tags,
    String container) {
  /** Checks the ranges. */
  public StatsdSettings {
    tags = Map.copyOf(tags);
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

  /** Sends over UDP, without further tags or a container. */
  public StatsdSettings(String host, int port, String prefix, double sampleRate, Dialect dialect) {
    this(host, port, null, prefix, sampleRate, dialect, Map.of(), null);
  }
}
