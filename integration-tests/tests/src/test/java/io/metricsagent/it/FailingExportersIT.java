package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receivers that are not there, under a running application. */
@ExtendWith(ShowRuns.class)
class FailingExportersIT {
  private static final Jdk JDK = Jdk.all().get(0);

  @Test
  void aReceiverThatIsNotThereCostsOneLineAndTheApplicationAndTheOtherExporterRunOn()
      throws Exception {
    int closed = closedPort();
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
      assertThat(run.agentLog()).anyMatch(line -> line.contains("otlp did not finish"));
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

  /** Runs until several flushes have left files, which no sleep decides. */
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
      app.type("hello"); // without a call there is nothing to send
      app.awaitOutput("fast: hello");
      app.awaitDumps(app.dumps() + 6);
      return app.finish();
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
