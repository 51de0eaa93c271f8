package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A runtime made with jlink that has only the modules that an agent needs: no {@code jdk.net},
 * {@code java.logging}, {@code java.net.http}, {@code jdk.httpserver}, {@code java.management} or
 * {@code jdk.unsupported}.
 */
@ExtendWith(ShowRuns.class)
class RuntimeImageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static Jdk image;

  @BeforeAll
  static void link() throws Exception {
    Jdk jdk = Jdk.all().get(0);
    String jlink = jdk.command("jlink");
    assumeThat(Path.of(jlink).resolveSibling("../jmods/java.base.jmod").normalize())
        .as("modules to link, which come with some packages of %s only", jdk)
        .exists();
    Path runtime = folder.resolve("runtime");
    Process linking =
        new ProcessBuilder(
                jlink, "--add-modules", "java.base,java.instrument", "--output", runtime.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jlink.log").toFile())
            .start();
    assertThat(linking.waitFor()).withFailMessage(() -> read(folder.resolve("jlink.log"))).isZero();
    image = new Jdk(jdk.feature(), Optional.of(runtime));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void exportsOverOtlp(String protocol) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp app =
            AgentRun.on(image)
                .withAgent("exporters=otlp,archive,interval=100ms")
                .setting("otel.exporter.otlp.protocol", protocol)
                .setting(
                    "otel.exporter.otlp.metrics.endpoint",
                    (protocol.equals("grpc") ? receiver.grpcEndpoint() : receiver.httpEndpoint())
                        .toString())
                .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
                .jar(Artifacts.app("plain"))
                .start("serve")) {
      app.awaitOutput("ready");
      app.type("hello");
      app.awaitOutput("fast: hello");
      Await.until(
          () ->
              receiver.received().stream()
                  .flatMap(received -> received.metrics().stream())
                  .anyMatch(metric -> metric.getName().equals("wink.adapter.requests")),
          PATIENCE,
          () -> "the call over OTLP");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      assertThat(run.agentLog()).noneMatch(line -> line.matches("(?i).*\\b(warn|error)\\b.*"));
      assertThat(run.agentLog())
          .filteredOn(line -> line.contains("--add-modules java.management"))
          .hasSize(1);
    }
  }

  @Test
  void isScraped() throws Exception {
    int port = Ports.free();
    try (RunningApp app =
        AgentRun.on(image)
            .withAgent("exporters=prometheus,prometheus.port=" + port)
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("hello");
      app.awaitOutput("fast: hello");
      Await.until(
          () -> scrape(port).contains("wink_adapter_requests_total"),
          PATIENCE,
          () -> "the call in a scrape: " + scrape(port));
      assertThat(app.finish().exitCode()).isZero();
    }
  }

  private static String scrape(int port) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  @Test
  void namesTheModuleThatAProxyTakesAndTheOtherExporterGoesOn() throws Exception {
    FinishedRun run =
        AgentRun.on(image)
            .withAgent("exporters=otlp,archive")
            .setting("http.proxyHost", "127.0.0.1")
            .setting("http.proxyPort", String.valueOf(Ports.free()))
            .setting("otel.exporter.otlp.endpoint", "http://collector.example:4318")
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog())
        .filteredOn(line -> line.contains("otlp"))
        .filteredOn(line -> line.contains("--add-modules java.net.http"))
        .hasSize(1);
    assertThat(run.dumps()).hasSize(1);
  }

  @Test
  void theCommandsWork() throws Exception {
    FinishedRun app =
        AgentRun.on(image)
            .withAgent("exporters=archive")
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run();
    String snapshot = app.lastSnapshot().toString();

    assertThat(command("config")).contains("metrics.agent.interval");
    assertThat(command("config", "--json")).startsWith("{");
    assertThat(command("inspect", snapshot)).contains("adapter");
    assertThat(command("merge", snapshot)).contains("\"schema_version\" : 1");
  }

  private static String command(String... words) throws Exception {
    FinishedRun run = AgentRun.on(image).jar(Artifacts.agent()).run(words);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run.stdout();
  }
}
