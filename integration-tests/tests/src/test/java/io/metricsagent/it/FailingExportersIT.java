package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.UdpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Failing receivers do not disturb a running application. */
@ExtendWith(ShowRuns.class)
class FailingExportersIT {
  private static final Jdk JDK = Jdk.all().get(0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aReceiverThatIsNotThereCostsOneLineAndTheApplicationAndTheOtherExporterRunOn()
      throws Exception {
    int closed = Ports.free();
    FinishedRun run =
        exportEvery100ms("http://127.0.0.1:" + closed, "otel.exporter.otlp.timeout", "300");

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog().stream().filter(line -> line.contains("otlp failed")))
        .singleElement()
        .asString()
        .contains(String.valueOf(closed));
    assertThat(run.dumps()).hasSizeGreaterThan(2);
  }

  @Test
  void aReceiverThatNeverAnswersHoldsUpNeitherTheOtherExporterNorTheEndOfTheJvm() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      FinishedRun run =
          exportEvery100ms(
              "http://127.0.0.1:" + silent.getLocalPort(), "otel.exporter.otlp.timeout", "60000");

      assertThat(run.exitCode()).isZero();
      assertThat(run.dumps()).hasSizeGreaterThan(2);
      assertThat(run.agentLog())
          .filteredOn(line -> line.contains("otlp did not finish"))
          .hasSize(1);
      assertThat(run.dump().adapters())
          .singleElement()
          .extracting(adapter -> adapter.count("request_count"))
          .isEqualTo(2L);
    }
  }

  /** In a rolling restart, the process that holds the port ends after this one has started. */
  @Test
  void aScrapePortThatIsTakenIsOpenedOnceItIsFree() throws Exception {
    int port = Ports.free();
    ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    try (taken;
        RunningApp app =
            AgentRun.on(JDK)
                .withAgent("exporters=prometheus,archive,interval=100ms")
                .setting("metrics.agent.prometheus.port", String.valueOf(port))
                .setting("metrics.agent.prometheus.host", "127.0.0.1")
                .jar(Artifacts.app("plain"))
                .start("serve")) {
      app.awaitOutput("ready");
      app.awaitDumps(3);
      taken.close();
      Await.until(() -> isScraped(port), PATIENCE, () -> "an answer at port " + port);
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.agentLog().stream().filter(line -> line.contains("prometheus ")))
          .hasSize(2)
          .satisfies(lines -> assertThat(lines.get(0)).contains("failed", String.valueOf(port)))
          .satisfies(lines -> assertThat(lines.get(1)).contains("works now"));
    }
  }

  private static boolean isScraped(int port) {
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      HttpURLConnection scrape = (HttpURLConnection) metrics.toURL().openConnection();
      scrape.setConnectTimeout((int) PATIENCE.toMillis());
      scrape.setReadTimeout((int) PATIENCE.toMillis());
      return scrape.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenCostsOneLine() throws Exception {
    FinishedRun run =
        AgentRun.on(JDK)
            .withAgent()
            .setting("metrics.agent.dir", "/proc/no-such-directory")
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog().stream().filter(line -> line.contains("archive failed")))
        .singleElement()
        .asString()
        .contains("/proc/no-such-directory");
  }

  /** A collector may be restarted on another host. */
  @Test
  void aReceiverThatMovesToAnotherAddressIsFoundAndHasEveryCall() throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    InetAddress there = InetAddress.getByName("127.0.0.2");
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 collector.test\n");
    OtlpReceiver otlp = new OtlpReceiver(here, 0);
    UdpReceiver statsd = new UdpReceiver(here, 0);
    int otlpPort = otlp.httpEndpoint().getPort();
    int statsdPort = statsd.port();
    List<String> lines = new ArrayList<>();
    try (RunningApp app =
        AgentRun.on(JDK)
            .withAgent("exporters=otlp,statsd,interval=100ms,statsd.host=collector.test")
            .jvm("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=0")
            .setting("metrics.agent.statsd.port", String.valueOf(statsdPort))
            .setting("otel.exporter.otlp.endpoint", "http://collector.test:" + otlpPort)
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("one");
      Await.until(() -> requests(otlp) == 1, PATIENCE, () -> "the first call over OTLP");
      Await.until(() -> counted(statsd, lines) == 1, PATIENCE, () -> "the first call in StatsD");
      otlp.close();
      statsd.close();
      app.type("two");
      app.awaitOutput("fast: two");
      Files.writeString(hosts, "127.0.0.2 collector.test\n");
      try (OtlpReceiver otlpThere = new OtlpReceiver(there, otlpPort);
          UdpReceiver statsdThere = new UdpReceiver(there, statsdPort)) {
        Await.until(() -> requests(otlpThere) == 2, PATIENCE, () -> "both calls over OTLP");
        Await.until(() -> counted(statsdThere, lines) == 2, PATIENCE, () -> "both calls: " + lines);
        assertThat(app.finish().exitCode()).isZero();
      }
    } finally {
      otlp.close();
      statsd.close();
    }
  }

  private static long requests(OtlpReceiver receiver) {
    return receiver.received().stream()
        .flatMap(received -> received.metrics().stream())
        .filter(metric -> metric.getName().equals("wink.adapter.requests"))
        .mapToLong(metric -> metric.getSum().getDataPoints(0).getAsInt())
        .max()
        .orElse(0);
  }

  /**
   * Adds what arrived since the last call to {@code lines} and returns the calls in all of them.
   */
  private static long counted(UdpReceiver receiver, List<String> lines) {
    lines.addAll(receiver.lines());
    return lines.stream()
        .filter(line -> line.startsWith("wink.adapter.requests:"))
        .mapToLong(line -> Long.parseLong(line.split("[:|]", -1)[1]))
        .sum();
  }

  /** Runs until several flushes have written files. */
  private static FinishedRun exportEvery100ms(String endpoint, String key, String value)
      throws IOException {
    try (RunningApp app =
        AgentRun.on(JDK)
            .withAgent("exporters=otlp,archive,interval=100ms")
            .setting("otel.exporter.otlp.endpoint", endpoint)
            .setting(key, value)
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("hello"); // without a call, nothing is sent
      app.awaitOutput("fast: hello");
      app.awaitDumps(app.dumps() + 6);
      app.type("bye"); // most likely only the last snapshot has this call
      app.awaitOutput("fast: bye");
      return app.finish();
    }
  }
}
