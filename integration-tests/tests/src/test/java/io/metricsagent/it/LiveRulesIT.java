package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RetransformingAgent;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule file changes while the application runs and calls methods all the time. */
@ExtendWith(ShowRuns.class)
class LiveRulesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String NAME = "com.example.live.LiveApp";

  /**
   * Does what the lines of its input say, and answers each. Two threads call {@code Desk.busy} from
   * {@code load} to {@code unload}.
   */
  private static final String SOURCE =
      """
      package com.example.live;

      import java.io.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;

      public class LiveApp {
        public interface Job {
          int run(int value);
        }

        public static class Desk implements Job {
          static final AtomicLong BUSY = new AtomicLong();

          public int run(int value) {
            return value + 1;
          }

          public int busy(int value) {
            BUSY.incrementAndGet();
            return value * 31;
          }

          public void slow(CountDownLatch release) throws InterruptedException {
            release.await();
          }
        }

        public static class Other implements Job {
          public int run(int value) {
            return value - 1;
          }
        }

        public static class Late implements Job {
          public int run(int value) {
            return -value;
          }
        }

        public static void main(String[] arguments) throws Exception {
          Desk desk = new Desk();
          Other other = new Other();
          AtomicBoolean loaded = new AtomicBoolean();
          List<Thread> threads = new ArrayList<>();
          CountDownLatch release = new CountDownLatch(1);
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          System.out.println("ready");
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
              case "calls":
                for (int i = 0; i < 100; i++) {
                  desk.run(i);
                  other.run(i);
                }
                break;
              case "late":
                Job late = (Job) Class.forName("com.example.live.LiveApp$Late")
                    .getConstructor().newInstance();
                for (int i = 0; i < 7; i++) {
                  late.run(i);
                }
                break;
              case "slow":
                Thread slow = new Thread(() -> {
                  try {
                    desk.slow(release);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
                slow.start();
                threads.add(slow);
                while (slow.getState() != Thread.State.WAITING) {
                  Thread.sleep(1);
                }
                break;
              case "load":
                loaded.set(true);
                for (int i = 0; i < 2; i++) {
                  Thread thread = new Thread(() -> {
                    while (loaded.get()) {
                      desk.busy(1);
                    }
                  });
                  thread.start();
                  threads.add(thread);
                }
                break;
              case "unload":
                loaded.set(false);
                release.countDown();
                for (Thread thread : threads) {
                  thread.join();
                }
                System.out.println("busy " + Desk.BUSY + " .");
                break;
              default:
                throw new IllegalArgumentException(line);
            }
            System.out.println("did " + line);
          }
        }
      }
      """;

  private static final String BUSY = tool("Desk", "busy");
  private static final String RUN = tool("Desk", "run");
  private static final String SLOW = tool("Desk", "slow");
  private static final String OTHER = tool("Other", "run");

  @TempDir private Path folder;
  private Path classes;
  private Path rules;
  private int commands;

  private static String tool(String type, String method) {
    return "  - {type: %s$%s, methods: [%s]}\n".formatted(NAME, type, method);
  }

  @BeforeEach
  void compile() throws IOException {
    classes = Files.createDirectory(folder.resolve("classes"));
    SourceFiles.compile(classes, ".", "LiveApp", SOURCE);
    rules = folder.resolve("rules.yaml");
  }

  private void write(String... tools) throws IOException {
    Files.writeString(rules, "tools:\n" + String.join("", tools));
  }

  /** Writes another file and gives it the name, as careful programs do. */
  private void replace(String... tools) throws IOException {
    Path next = folder.resolve("next.yaml");
    Files.writeString(next, "tools:\n" + String.join("", tools));
    Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private AgentRun app(Jdk jdk) {
    return AgentRun.on(jdk)
        .withAgent()
        .setting("metrics.agent.rules.file", rules.toString())
        .mainClass(classes.toString(), NAME);
  }

  /** Has the application do something, and waits until it has. */
  private void does(RunningApp app, String command) throws IOException {
    String numbered = command + " " + ++commands;
    app.type(numbered);
    app.awaitOutput("did " + numbered + "\n");
  }

  private static void awaitLog(RunningApp app, String text) {
    Await.until(() -> app.stderr().contains(text), PATIENCE, () -> text + ": " + app.stderr());
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void weavesAndUnweavesUnderLoadWithoutLosingACall(Jdk jdk) throws IOException {
    write(BUSY, RUN, SLOW);
    try (RunningApp app = app(jdk).start()) {
      app.awaitOutput("ready");
      does(app, "load");
      does(app, "calls"); // Desk 100
      does(app, "slow"); // begins

      replace("  # moves the others\n", BUSY, OTHER);
      awaitLog(app, "rules.yaml: 1 rule is new, 2 are gone; 2 classes were woven again");
      does(app, "calls"); // Other 100
      does(app, "slow"); // begins, and is not measured

      write(RUN, BUSY, OTHER);
      awaitLog(app, "rules.yaml: 1 rule is new; 1 class was woven again");
      does(app, "calls"); // Desk 200, Other 200

      Files.delete(rules);
      awaitLog(app, "rules.yaml is missing or empty; the rules that were read last stay in force");
      does(app, "calls"); // Desk 300, Other 300

      Files.writeString(rules, "tools: [");
      awaitLog(app, "rules.yaml:1:");
      does(app, "calls"); // Desk 400, Other 400

      write(BUSY, tool("Job", "run"));
      awaitLog(app, "rules.yaml: 1 rule is new, 2 are gone; 3 classes were woven again");
      does(app, "calls"); // Desk 500, Other 500
      does(app, "late"); // Late 7

      write(BUSY);
      awaitLog(app, "rules.yaml: 1 rule is gone; 4 classes were woven again");
      does(app, "calls");
      does(app, "late");
      does(app, "unload");
      FinishedRun run = app.finish();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      Dump dump = run.dump();
      assertThat(calls(dump, "Desk.run")).isEqualTo(500);
      assertThat(calls(dump, "Other.run")).isEqualTo(500);
      assertThat(calls(dump, "Late.run")).isEqualTo(7);
      assertThat(calls(dump, "Desk.slow")).as("the one that began in time").isEqualTo(1);
      assertThat(run.stdout()).contains("busy " + calls(dump, "Desk.busy") + " .");
      assertThat(dump.agentErrors()).isZero();
      assertThat(run.agentLog()).filteredOn(line -> line.contains("missing")).hasSize(1);
      assertThat(run.agentLog()).filteredOn(line -> line.contains(":1:")).hasSize(1);
    }
  }

  private static long calls(Dump dump, String tool) {
    Dump.Tool measured = dump.tool(tool);
    assertThat(measured.count("failure_count")).isZero();
    assertThat(measured.latency().count()).isEqualTo(measured.count("call_count"));
    return measured.count("call_count");
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void followsAFileThatAppearsLate(Jdk jdk) throws IOException {
    try (RunningApp app = app(jdk).start()) {
      app.awaitOutput("ready");
      does(app, "calls");
      write(RUN);
      awaitLog(app, "rules.yaml: 1 rule is new; 1 class was woven again");
      does(app, "calls");
      FinishedRun run = app.finish();

      assertThat(calls(run.dump(), "Desk.run")).isEqualTo(100);
      assertThat(run.dump().tools()).hasSize(1);
    }
  }

  /** The class was loaded and retransformed before the agent started. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void changesAClassThatAnotherAgentHasLoaded(Jdk jdk) throws IOException {
    write(RUN);
    try (RunningApp app =
        AgentRun.on(jdk)
            .jvm("-javaagent:" + RetransformingAgent.jar(folder) + "=" + NAME + "$Desk")
            .withAgent()
            .setting("metrics.agent.rules.file", rules.toString())
            .mainClass(classes.toString(), NAME)
            .start()) {
      app.awaitOutput("ready");
      does(app, "calls");
      write(OTHER);
      awaitLog(app, "1 rule is new, 1 is gone; 2 classes were woven again");
      does(app, "calls");
      FinishedRun run = app.finish();

      assertThat(calls(run.dump(), "Desk.run")).isEqualTo(100);
      assertThat(calls(run.dump(), "Other.run")).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void changesTheRulesOfAnAgentThatWasAttached(Jdk jdk) throws Exception {
    write(RUN);
    try (RunningApp app =
        AgentRun.on(jdk)
            .jvm("-XX:+EnableDynamicAgentLoading")
            .mainClass(classes.toString(), NAME)
            .start()) {
      app.awaitOutput("ready");
      does(app, "calls");
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.pid()));
      machine.loadAgent(Artifacts.agent().toString(), "rules.file=" + rules);
      machine.detach();
      does(app, "calls");
      write(OTHER);
      awaitLog(app, "1 rule is new, 1 is gone; 2 classes were woven again");
      does(app, "calls");
      FinishedRun run = app.finish();

      assertThat(calls(run.dump(), "Desk.run")).isEqualTo(100);
      assertThat(calls(run.dump(), "Other.run")).isEqualTo(100);
    }
  }
}
