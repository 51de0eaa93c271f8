package io.metricsagent.exporters.statsd;

import java.io.File;
import java.util.Map;

/**
 * Where StatsD lines go and how they look. Immutable. May be made before the application's {@code
 * main}: it loads no class of {@code java.nio.file}.
 *
 * @param host {@code metrics.agent.statsd.host}
 * @param port {@code metrics.agent.statsd.port}
 * @param socket a Unix stream socket to send to instead, or {@code null}
 * @param prefix {@code metrics.agent.statsd.prefix}, without the dot at its end; may be empty
 * @param sampleRate {@code metrics.agent.statsd.sample.rate}, above 0 and at most 1
 * @param dialect {@code metrics.agent.statsd.dialect}
 * @param tags of every line, besides its own
 * @param tellsContainer whether every line shall name the container of this process
 * @param container the id of that container, or {@code null} for none in the lines; see {@link
 *     #withContainer}
 */
public record StatsdSettings(
    String host,
    int port,
    File socket,
    String prefix,
    double sampleRate,
    Dialect dialect,
    Map<String, String> tags,
    boolean tellsContainer,
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
    this(host, port, null, prefix, sampleRate, dialect, Map.of(), false, null);
  }

  /**
   * Returns these settings with a container in every line, to be found once the process runs.
   *
   * @param id of the container, or {@code null} where there is none
   */
  public StatsdSettings withContainer(String id) {
    return new StatsdSettings(
        host, port, socket, prefix, sampleRate, dialect, tags, tellsContainer, id);
  }
}
