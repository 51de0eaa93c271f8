package io.metricsagent.exporters;

import com.sun.net.httpserver.HttpServer;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import io.metricsagent.exporters.prometheus.PrometheusSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Processor time of one flush of 2,000 series (500 adapters, 1,000 tools, 500 queues), each with a
 * recording since the flush before: that of the sink's threads, the receiver's excluded. Told are
 * the first flush of each sink and medians of flushes once the JVM has compiled some and most of
 * it; sinks that come later in the table find more of it compiled. Prints a table: {@code mvn test
 * -pl exporters -am -Dtest=FlushCosts -Dsurefire.failIfNoSpecifiedTests=false}. No part of the
 * build, since times depend on the machine.
 */
class FlushCosts {
  /** How many flushes of which the median is told. */
  private static final int MEDIAN_OF = 21;

  private static final int SOON = 20;
  private static final int WARM = 200;

  private final SplittableRandom random = new SplittableRandom(1);
  private Registry registry;

  @Test
  void printThem() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    receiver.start();
    Path folder = Files.createTempDirectory("flush-costs");
    try (DatagramSocket statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (boolean delta : new boolean[] {false, true}) {
        for (boolean gzip : new boolean[] {false, true}) {
          MetricsSink otlp = otlp(receiver.getAddress().getPort(), delta, gzip);
          measure("otlp" + (delta ? ", delta" : ", cumulative") + gzip(gzip), otlp);
        }
      }
      measure(
          "statsd",
          new StatsdSink(
              new StatsdSettings("127.0.0.1", statsd.getLocalPort(), "wink", 1, Dialect.DATADOG)));
      measure(
          "archive",
          new BackgroundSink(
              new ArchiveSink(new ArchiveSettings(folder.toFile(), 3, Duration.ofDays(1)))));
      for (String accept :
          new String[] {
            "text/plain",
            "application/openmetrics-text",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited"
          }) {
        measureScrape(accept, false);
        measureScrape(accept, true);
      }
    } finally {
      receiver.stop(0);
    }
  }

  private static MetricsSink otlp(int port, boolean delta, boolean gzip) {
    return OtlpSink.create(
        new OtlpSettings(
            URI.create("http://127.0.0.1:" + port + "/v1/metrics"),
            OtlpSettings.Protocol.HTTP_PROTOBUF,
            Map.of(),
            gzip,
            Duration.ofSeconds(10),
            delta ? OtlpSettings.Temporality.DELTA : OtlpSettings.Temporality.CUMULATIVE,
            OtlpSettings.HistogramAggregation.EXPLICIT,
            Map.of("service.name", "shop"),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false));
  }

  private void record() {
    for (int i = 0; i < 500; i++) {
      registry
          .adapter("openai", "model-" + i, "chat")
          .record(nanos(), nanos(), nanos(), nanos(), nanos(), nanos(), 1200, 80, 0, null);
      registry.mailbox("queue-" + i, "kafka").recordReceived(1, nanos());
    }
    for (int i = 0; i < 1000; i++) {
      registry.tool("tool-" + i).recordSuccess(nanos());
    }
  }

  private long nanos() {
    return (long) (20e6 * Math.exp(random.nextGaussian()));
  }

  private void measure(String name, MetricsSink sink) throws Exception {
    try (sink) {
      measure(name, () -> sink.export(registry.snapshot()).toCompletableFuture().get());
    }
  }

  private static String gzip(boolean gzip) {
    return gzip ? ", gzip" : "";
  }

  private void measureScrape(String accept, boolean gzip) throws Exception {
    try (PrometheusSink sink =
        PrometheusSink.open(
            new PrometheusSettings("127.0.0.1", 0, null), () -> registry.snapshot())) {
      URI uri = URI.create("http://127.0.0.1:" + sink.port() + "/metrics");
      measure(
          "prometheus, " + accept.split(";", 2)[0] + gzip(gzip),
          () -> {
            var connection = uri.toURL().openConnection();
            connection.setRequestProperty("Accept", accept);
            if (gzip) {
              connection.setRequestProperty("Accept-Encoding", "gzip");
            }
            try (var in = connection.getInputStream()) {
              return in.readAllBytes().length;
            }
          });
    }
  }

  private void measure(String name, Callable<?> flush) throws Exception {
    registry =
        new Registry(
            new RegistrySettings(Instant.now(), "worker-1", "shop", null, 1000, "1"),
            Clock.systemUTC(),
            () -> {});
    double[] millis = new double[WARM + MEDIAN_OF];
    for (int i = 0; i < millis.length; i++) {
      record();
      long before = sinkNanos();
      flush.call();
      millis[i] = (sinkNanos() - before) / 1e6;
    }
    System.out.printf(
        "%-60s first %6.1f ms, after %d: %6.1f ms, after %d: %6.1f ms%n",
        name, millis[0], SOON, median(millis, SOON), WARM, median(millis, WARM));
  }

  private static double median(double[] millis, int from) {
    double[] some = Arrays.copyOfRange(millis, from, from + MEDIAN_OF);
    Arrays.sort(some);
    return some[MEDIAN_OF / 2];
  }

  /** Processor time of the sinks' threads, which stay for some seconds. */
  private static long sinkNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (var thread : threads.dumpAllThreads(false, false)) {
      if (thread.getThreadName().startsWith("metrics-agent")) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }
}
