package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RetransformingAgent;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to start an application with the agent, common mistakes, and the ways to end it. */
@ExtendWith(ShowRuns.class)
class StartIT {
  private static final String INCLUDE = "metrics.agent.adapters.include";

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void saysNothingAndCausesNoWarning(Jdk jdk) throws IOException {
    FinishedRun without = AgentRun.on(jdk).jar(Artifacts.app("plain")).run();
    FinishedRun with = AgentRun.on(jdk).withAgent().jar(Artifacts.app("plain")).run();

    assertThat(with.exitCode()).isZero();
    assertThat(with.stdout()).isEqualTo(without.stdout());
    assertThat(with.stderr()).isEmpty();
    assertThat(with.agentLog()).noneMatch(line -> line.matches("(?i).*\\b(warn|error)\\b.*"));
    assertThat(with.dumps()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void letsJavaTellItsVersion(Jdk jdk) throws IOException {
    FinishedRun without = AgentRun.on(jdk).run("-version");
    FinishedRun with = AgentRun.on(jdk).withAgent().run("-version");

    assertThat(with.exitCode()).isZero();
    assertThat(with.stderr()).isEqualTo(without.stderr());
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void staysOutOfToolsOfTheJdkAndSaysSoInALine(Jdk jdk) throws IOException {
    for (List<String> command :
        List.of(List.of("jar", "--version"), List.of("javac", "-version"))) {
      String tool = command.get(0);
      FinishedRun without = AgentRun.on(jdk).tool(tool).run(command.get(1));
      FinishedRun with =
          AgentRun.on(jdk)
              .tool(tool)
              .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + Artifacts.agent())
              .run(command.get(1));

      assertThat(with.exitCode()).isZero();
      assertThat(with.stdout()).isEqualTo(without.stdout());
      assertThat(with.stderr()).isEqualTo(without.stderr());
      assertThat(with.agentLog()).hasSize(1);
      assertThat(with.agentDirectory()).doesNotExist();
    }
  }

  /** No snapshot and no recording is written, and not even a folder. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void writesNothingWhereItExportsOverOtlpOnly(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0);
        OtlpReceiver otlp = new OtlpReceiver()) {
      FinishedRun run =
          AgentRun.on(jdk)
              .jar(Artifacts.app("openai-java/newest"))
              .withAgent("exporters=otlp")
              .setting("otel.exporter.otlp.metrics.endpoint", otlp.httpEndpoint().toString())
              .run(stub.baseUrl());

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(otlp.received()).isNotEmpty();
      assertThat(run.agentDirectory()).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void countsOnceThoughStartedTwiceAndSaysSoInALine(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .withAgent()
            .setting(INCLUDE, UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog()).filteredOn(line -> line.contains("already")).hasSize(1);
    assertThat(run.stderr()).isEmpty();
    assertThat(requests(run)).isEqualTo(6);
    assertThat(run.dumps()).hasSize(1);
  }

  /** Profilers and debuggers retransform classes that are already woven. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void countsThoughAnotherAgentTransformsTheClassAgain(Jdk jdk, @TempDir Path directory)
      throws IOException {
    Path other = RetransformingAgent.jar(directory);
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .jvm("-javaagent:" + other + "=com.example.plain.FastLlm")
            .setting(INCLUDE, UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).containsExactly("retransformed com.example.plain.FastLlm");
    assertThat(requests(run)).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void namesABrokenSettingInALineAndRunsTheApplication(Jdk jdk) throws IOException {
    FinishedRun without = AgentRun.on(jdk).jar(Artifacts.app("plain")).run();
    FinishedRun with =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.interval", "abc")
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(with.exitCode()).isZero();
    assertThat(with.stdout()).isEqualTo(without.stdout());
    assertThat(with.stderr()).isEmpty();
    assertThat(with.agentLog())
        .filteredOn(line -> line.contains("metrics.agent.interval"))
        .singleElement()
        .asString()
        .contains("abc");
  }

  /** Tools that rewrite jars compress what the agent reads in place. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void saysSoWhereItsJarWasPackedAgain(Jdk jdk, @TempDir Path directory) throws IOException {
    Path packed = directory.resolve(Artifacts.agent().getFileName());
    try (JarFile in = new JarFile(Artifacts.agent().toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(packed))) {
      for (JarEntry entry : in.stream().toList()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        in.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
    }
    FinishedRun without = AgentRun.on(jdk).jar(Artifacts.app("plain")).run();
    FinishedRun with =
        AgentRun.on(jdk).jvm("-javaagent:" + packed).jar(Artifacts.app("plain")).run();

    assertThat(with.exitCode()).isZero();
    assertThat(with.stdout()).isEqualTo(without.stdout());
    assertThat(with.stderr()).isEmpty();
    assertThat(with.agentLog())
        .singleElement()
        .asString()
        .contains("did not start", packed.toString(), "not packed again");
  }

  /**
   * Settings are read after the application's start, when it may have changed system properties.
   */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void keepsTheSettingsThatItWasStartedWith(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting("otel.service.name", "kept")
            .jar(Artifacts.app("plain"))
            .run("forget");

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog()).anyMatch(line -> line.contains(" measures kept,"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void doesNothingWhereItIsSwitchedOff(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting("metrics.agent.enabled", "false")
            .jar(Artifacts.app("plain"))
            .run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).isEmpty();
    assertThat(run.agentDirectory()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresFromWhenItWasAttached(Jdk jdk) throws Exception {
    try (RunningApp app =
        AgentRun.on(jdk)
            .jvm("-XX:+EnableDynamicAgentLoading")
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("before");
      app.awaitOutput("fast: before");
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.pid()));
      machine.loadAgent(Artifacts.agent().toString(), "adapters.include=" + UserTargetsIT.ADAPTERS);
      machine.detach();
      app.type("after");
      app.awaitOutput("fast: after");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      assertThat(requests(run)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void countsOnceThoughAttachedTwice(Jdk jdk) throws Exception {
    try (RunningApp app =
        AgentRun.on(jdk)
            .jvm("-XX:+EnableDynamicAgentLoading")
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      for (String round : List.of("first", "second")) {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.pid()));
        machine.loadAgent(
            Artifacts.agent().toString(), "adapters.include=" + UserTargetsIT.ADAPTERS);
        machine.detach();
        app.type(round);
        app.awaitOutput("fast: " + round);
      }
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.agentLog()).filteredOn(line -> line.contains("already running")).hasSize(1);
      assertThat(requests(run)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void writesTheLastSnapshotWhenTerminated(Jdk jdk) throws IOException {
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent()
            .setting(INCLUDE, UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .start("serve")) {
      app.awaitOutput("ready");
      app.type("hello");
      app.awaitOutput("fast: hello");
      FinishedRun run = app.terminate();

      assertThat(run.exitCode()).isEqualTo(128 + 15);
      assertThat(requests(run)).isEqualTo(1);
    }
  }

  private static long requests(FinishedRun run) {
    return run.dump().adapters().stream()
        .mapToLong(adapter -> adapter.count("request_count"))
        .sum();
  }
}
