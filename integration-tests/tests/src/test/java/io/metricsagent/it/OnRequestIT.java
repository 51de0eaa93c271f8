package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running agent answers requests long before its first flush. */
@ExtendWith(ShowRuns.class)
class OnRequestIT {
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void writesASnapshotForTheDumpCommandAndStartsNoSecondTime(Jdk jdk) throws Exception {
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("one");
      app.awaitOutput("one");

      for (int i = 0; i < 2; i++) {
        FinishedRun dump =
            AgentRun.on(jdk).jar(Artifacts.agent()).run("dump", Long.toString(app.pid()));
        assertThat(dump.exitCode()).as(dump.toString()).isZero();
        Path file = Path.of(dump.stdout().strip());
        assertThat(file).isAbsolute();
        assertThat(Files.readString(file)).contains("\"request_count\" : 1");
      }
      FinishedRun run = app.finish();
      assertThat(run.exitCode()).isZero();
      assertThat(run.agentLog()).filteredOn(line -> line.contains(" measures ")).hasSize(1);
      assertThat(run.agentLog()).noneMatch(line -> line.contains("already running"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void isScrapedFromTheStart(Jdk jdk) throws Exception {
    int port = Ports.free();
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent("exporters=prometheus,prometheus.port=" + port)
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("one");
      app.awaitOutput("one");

      assertThat(scrape(URI.create("http://localhost:" + port + "/metrics")))
          .containsPattern("wink_adapter_requests_total\\{adapter=[^}]*} 1.0\n")
          .containsPattern("wink_adapter_total_latency_seconds_count\\{adapter=[^}]*} 1\n");
      assertThat(app.finish().exitCode()).isZero();
    }
  }

  /** Scrapes once the agent's thread has opened the endpoint, beside the application's start. */
  private static String scrape(URI endpoint) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint).build();
    for (int attempt = 1; ; attempt++) {
      try {
        return HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (ConnectException e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }
}
