package io.metricsagent.exporters.prometheus;

import com.sun.net.httpserver.HttpServer;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets Prometheus scrape: {@code GET /metrics} on a port of its own answers with what is recorded
 * at that moment.
 *
 * <p>A scrape reads counters and never waits for who records, nor they for it. Flushes have nothing
 * to do here: {@link #export} completes at once. Requests are served by at most {@value #THREADS}
 * daemon threads, which end when they are idle; the model and the formats are loaded by the first
 * scrape.
 */
public final class PrometheusSink implements MetricsSink {
  private static final int THREADS = 2;
  private static final int IDLE_SECONDS = 5;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private PrometheusSink(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens the port. Its one thread that lasts is a daemon where the caller's is.
   *
   * @param current asked for a snapshot by each scrape; thread-safe
   * @throws IOException if the port cannot be opened; the message names the settings
   */
  public static PrometheusSink open(PrometheusSettings settings, Supplier<MetricsSnapshot> current)
      throws IOException {
    HttpServer server;
    try {
      // InetAddress fails on an unknown host, an InetSocketAddress of it would listen on nothing.
      InetAddress host = InetAddress.getByName(settings.host());
      server = HttpServer.create(new InetSocketAddress(host, settings.port()), 0);
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
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "metrics-agent-prometheus");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    server.createContext("/", new ScrapeHandler(settings.token(), current));
    server.start();
    return new PrometheusSink(server, threads);
  }

  @Override
  public String name() {
    return "prometheus";
  }

  /** Returns the port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
