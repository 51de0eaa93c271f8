package io.metricsagent.agent.config;

/**
 * Where Prometheus scrapes.
 *
 * @param host address to listen on
 * @param port its TCP port
 * @param token bearer token that is asked for, or {@code null}; secret
 */
public record PrometheusConfig(String host, int port, String token) {
  /** Leaves the token out. */
  @Override
  public String toString() {
    return "PrometheusConfig[host=" + host + ", port=" + port + "]";
  }
}
