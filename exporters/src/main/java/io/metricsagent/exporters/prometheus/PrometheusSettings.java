package io.metricsagent.exporters.prometheus;

/**
 * Where Prometheus scrapes. Immutable.
 *
 * @param host {@code metrics.agent.prometheus.host}: the address to listen on
 * @param port {@code metrics.agent.prometheus.port}; 0 for a free one
 * @param token {@code metrics.agent.prometheus.token}: what a scrape must bear, or {@code null} for
 *     nothing; secret
 */
public record PrometheusSettings(String host, int port, String token) {
  /** Checks the range. */
  public PrometheusSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "metrics.agent.prometheus.port is " + port + "; write 1 to 65535");
    }
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "PrometheusSettings[host=" + host + ", port=" + port + "]";
  }
}
