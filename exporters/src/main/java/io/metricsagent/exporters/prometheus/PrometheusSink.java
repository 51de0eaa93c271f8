package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets Prometheus scrape: {@code GET /metrics} on a port of its own answers with everything that is
 * recorded at that moment.
 *
 * <p>Scrapes and recording threads never wait for each other. Flushes do nothing here: {@link
 * #export} completes at once. One daemon thread serves all clients, within {@link ScrapeLimits};
 * the first scrape loads the classes of the formats.
 */
public final class PrometheusSink implements MetricsSink {
  private final ScrapeServer server;

  private PrometheusSink(ScrapeServer server) {
    this.server = server;
  }

  /**
   * Opens the port. If that fails, nothing is left open, and this method may be called again.
   *
   * @param current supplies the snapshot for each scrape; thread-safe
   * @throws IOException if the port cannot be opened; the message names the settings
   */
  public static PrometheusSink open(PrometheusSettings settings, Supplier<MetricsSnapshot> current)
      throws IOException {
    return open(settings, current, ScrapeLimits.DEFAULT);
  }

  static PrometheusSink open(
      PrometheusSettings settings, Supplier<MetricsSnapshot> current, ScrapeLimits limits)
      throws IOException {
    try {
      // InetAddress throws for an unknown host; an InetSocketAddress would be unresolved instead.
      InetAddress host = InetAddress.getByName(settings.host());
      return new PrometheusSink(
          ScrapeServer.open(
              new InetSocketAddress(host, settings.port()),
              new ScrapeHandler(settings.token(), current),
              limits));
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + e.getMessage()
              + "); free that port or set metrics.agent.prometheus.host and .port",
          e);
    }
  }

  @Override
  public String name() {
    return "prometheus";
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return server.port();
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    server.close();
  }
}
