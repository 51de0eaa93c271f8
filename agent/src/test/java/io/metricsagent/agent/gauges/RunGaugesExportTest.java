package io.metricsagent.agent.gauges;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.metricsagent.agent.testing.UdpLines;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.archive.SnapshotJson;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import io.metricsagent.exporters.prometheus.PrometheusSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs as each receiver sees them. */
class RunGaugesExportTest {
  private static final long LIFETIME = Duration.ofMinutes(15).toNanos();

  private final AtomicLong now = new AtomicLong(System.nanoTime());

  private final RunGauges gauges =
      new RunGauges(
          new RunGaugeSettings(RunTypes.of("train=Assistant.*"), LIFETIME, 1000),
          Clock.systemUTC(),
          now::get,
          asksBeans -> new SystemSample(0, -1, 1, -1, 12.5));

  private final EventStream events = EventStream.byHand(List.of(gauges), EventSettings.sampling(0));

  private final Registry registry =
      new Registry(
          new RegistrySettings(Instant.now(), "w1", "shop", null, 1000, "1.2.3"),
          Clock.systemUTC(),
          () -> {});

  RunGaugesExportTest() {
    registry.points(gauges);
  }

  private void run(String id) {
    Run run = events.newRun("Assistant.chat", null);
    run.identify(id);
    events.began(run);
    events.ended(run, run.startNanos() + Duration.ofHours(9).toNanos(), null, null, null);
    events.deliver();
  }

  private void export(MetricsSink sink) throws Exception {
    sink.export(registry.snapshot()).toCompletableFuture().get();
  }

  @Test
  void statsdGetsTheValuesOfARunOnce() throws Exception {
    try (UdpLines receiver = new UdpLines();
        StatsdSink sink =
            new StatsdSink(
                new StatsdSettings("127.0.0.1", receiver.port(), "wink", 1, Dialect.DATADOG))) {
      run("r1");
      export(sink);
      String ofRun = "|g|#run_id:r1,run_type:train,state:finished,worker:w1";
      String runs = "|g|#run_type:train,state:finished,timeframe:7d,worker:w1";
      assertThat(receiver.lines())
          .contains(
              "wink.runs:1" + runs,
              "wink.run.duration_hours:9" + ofRun,
              "wink.run.sps:0" + ofRun,
              "wink.run.metric:0|g|#metric_name:calls,run_id:r1,worker:w1",
              "wink.run.system:12.5|g|#metric:heap_utilization,run_id:r1,worker:w1");
      run("r2");
      export(sink);
      assertThat(receiver.lines())
          .contains("wink.runs:2" + runs)
          .anyMatch(line -> line.contains("run_id:r2"))
          .noneMatch(line -> line.contains("run_id:r1"));
    }
  }

  private static String scrape(PrometheusSink sink) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + sink.port() + "/metrics");
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void prometheusSeesTheValuesOfARunForTheirLifetime() throws Exception {
    try (PrometheusSink sink =
        PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), registry::snapshot)) {
      run("r1");
      String line =
          "wink_run_duration_hours{run_id=\"r1\",run_type=\"train\",state=\"finished\","
              + "worker=\"w1\"} 9.0\n";
      String runs =
          "wink_runs{run_type=\"train\",state=\"finished\",timeframe=\"7d\",worker=\"w1\"} 1.0\n";
      assertThat(scrape(sink)).contains(line, runs);
      now.addAndGet(LIFETIME - 1_000_000_000);
      assertThat(scrape(sink)).contains(line, runs);
      now.addAndGet(1_000_000_000);
      assertThat(scrape(sink)).contains(runs).doesNotContain("r1");
    }
  }

  /** The names and ids in a request are plain UTF-8, so it need not be decoded for this. */
  @Test
  void otlpGetsTheValuesOfARunOnceAndTheNumbersOfRunsAtEachFlush() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          requests.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try (OtlpSink sink = otlp(receiver.getAddress().getPort())) {
      run("r-first");
      export(sink);
      export(sink);
    } finally {
      receiver.stop(0);
    }
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0))
        .contains("wink.runs", "wink.run.duration_hours", "wink.run.sps", "r-first");
    assertThat(requests.get(1)).contains("wink.runs").doesNotContain("wink.run.", "r-first");
  }

  private static OtlpSink otlp(int port) {
    return OtlpSink.create(
        new OtlpSettings(
            URI.create("http://127.0.0.1:" + port + "/v1/metrics"),
            OtlpSettings.Protocol.HTTP_PROTOBUF,
            Map.of(),
            false,
            Duration.ofSeconds(10),
            OtlpSettings.Temporality.CUMULATIVE,
            OtlpSettings.HistogramAggregation.EXPLICIT,
            Map.of("service.name", "shop"),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false));
  }

  @Test
  void theArchiveHasTheValuesOfTheRun() {
    run("r1");
    assertThat(new String(SnapshotJson.toBytes(registry.snapshot()), UTF_8))
        .contains("\"name\" : \"run.duration_hours\"", "\"run_id\" : \"r1\"");
  }
}
