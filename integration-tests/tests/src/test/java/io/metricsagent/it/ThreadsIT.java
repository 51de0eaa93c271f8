package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's threads in applications that end, interrupt or starve threads. */
@ExtendWith(ShowRuns.class)
class ThreadsIT {
  /** Ends the process on an uncaught exception, as fail-fast services do. */
  private static final String FAIL_FAST =
      """
      import java.util.*;
      import java.util.concurrent.locks.LockSupport;

      public class FailFast {
        static class Model {
          String complete(String prompt) {
            return prompt;
          }
        }

        public static void main(String[] args) throws Exception {
          if (args.length > 0) {
            Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> Runtime.getRuntime().halt(42));
          }
          System.out.println("ready");
          Scanner in = new Scanner(System.in);
          while (in.hasNextLine()) {
            switch (in.nextLine()) {
              case "call" -> new Model().complete("hello");
              case "interrupt" ->
                  Thread.getAllStackTraces().keySet().stream()
                      .filter(thread -> thread != Thread.currentThread())
                      .filter(thread -> thread.getName().startsWith("metrics-agent"))
                      .forEach(Thread::interrupt);
              case "starve" -> {
                Thread greedy = new Thread(FailFast::starve);
                greedy.start();
                greedy.join();
              }
              default -> Thread.getAllStackTraces().keySet().forEach(FailFast::tell);
            }
            System.out.println("done");
          }
        }

        static void tell(Thread thread) {
          ThreadGroup group = thread.getThreadGroup();
          System.out.println((group == null ? "none" : group.getName()) + ": " + thread.getName());
        }

        /** Holds all of the heap while several flushes pass, and lets go of it. */
        static void starve() {
          Object[] all = null;
          for (int size = 1 << 20; size >= 16; size /= 2) {
            try {
              while (true) {
                all = new Object[] {all, new byte[size]};
              }
            } catch (OutOfMemoryError e) {
              // Allocate smaller pieces.
            }
          }
          LockSupport.parkNanos(2_000_000_000L);
          all[0] = null;
        }
      }
      """;

  /** Starts a thread that dies, at each export. */
  private static final String SINK =
      """
      import io.metricsagent.bootstrap.sink.MetricsSink;
      import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
      import java.util.concurrent.*;

      public class DyingSink implements MetricsSink {
        public String name() {
          return "dying";
        }

        public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
          Thread thread = new Thread(() -> { throw new OutOfMemoryError("of the agent's"); });
          thread.start();
          thread.join();
          throw new NoClassDefFoundError("jdk/net/ExtendedSocketOptions");
        }

        public void close() {}
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void compile() throws IOException {
    SourceFiles.compile(folder, "", "FailFast", FAIL_FAST);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void belongToAGroupThatKeepsTheirFaultsFromTheApplication(Jdk jdk) throws IOException {
    int port = Ports.free();
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent("exporters=archive,otlp,statsd,prometheus,interval=100ms")
            .setting("metrics.agent.sinks.path", dyingSink().toString())
            .setting("metrics.agent.prometheus.port", String.valueOf(port))
            .setting("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + Ports.free())
            .setting("metrics.agent.statsd.port", String.valueOf(Ports.free()))
            .setting("metrics.agent.adapters.include", "FailFast$Model[complete]")
            .mainClass(folder.toString(), "FailFast")
            .start("ends on any fault")) {
      app.awaitOutput("ready");
      app.type("call");
      app.awaitDumps(5);
      app.type("threads");
      app.awaitOutput("metrics-agent: metrics-agent-otlp-io");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      List<String> threads = run.stdout().lines().filter(line -> line.contains(": ")).toList();
      assertThat(threads)
          .contains(
              "metrics-agent: metrics-agent-flush",
              "metrics-agent: metrics-agent-archive",
              "metrics-agent: metrics-agent-dying",
              "metrics-agent: metrics-agent-statsd")
          .noneMatch(line -> line.matches("(main|system|none): (metrics-agent|HTTP-|pool-).*"));
      assertThat(run.agentLog())
          .anyMatch(line -> line.contains("ended") && line.contains("of the agent's"))
          .anyMatch(line -> line.contains(", statsd, prometheus, the sinks of " + folder));
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void exportOnAfterAnInterrupt(Jdk jdk) throws IOException {
    FinishedRun run = goesOnAfter(jdk, "interrupt");

    assertThat(run.agentLog()).noneMatch(line -> line.contains("stopped"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void exportOnAfterTheApplicationHadAllOfTheHeap(Jdk jdk) throws IOException {
    goesOnAfter(jdk, "starve");
  }

  private FinishedRun goesOnAfter(Jdk jdk, String trouble) throws IOException {
    try (RunningApp app =
        AgentRun.on(jdk)
            .withAgent("interval=100ms")
            .jvm("-Xmx48m")
            .setting("metrics.agent.adapters.include", "FailFast$Model[complete]")
            .mainClass(folder.toString(), "FailFast")
            .start()) {
      app.awaitOutput("ready");
      app.type("call");
      app.awaitDumps(2);
      app.type(trouble);
      app.type("call");
      app.type("threads");
      app.awaitOutput(": main");
      app.awaitDumps(app.dumps() + 3);
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(
              run.dump().adapters().stream()
                  .mapToLong(adapter -> adapter.count("request_count"))
                  .sum())
          .isEqualTo(2);
      return run;
    }
  }

  private Path dyingSink() throws IOException {
    SourceFiles.compile(folder, Artifacts.agent().toString(), "DyingSink", SINK);
    Path jar = folder.resolve("sink.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("DyingSink.class"));
      out.write(Files.readAllBytes(folder.resolve("DyingSink.class")));
      out.closeEntry();
      out.putNextEntry(
          new JarEntry("META-INF/services/io.metricsagent.bootstrap.sink.MetricsSink"));
      out.write("DyingSink".getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return jar;
  }
}
