package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that end while the JVM ends: applications shut down gracefully in shutdown hooks. */
@ExtendWith(ShowRuns.class)
class EndOfJvmIT {
  /**
   * Four calls are under way when the JVM begins to end; they end after the agent's own hook has
   * begun.
   */
  private static final String APPLICATION =
      """
      import java.io.File;
      import java.util.concurrent.*;
      import java.util.concurrent.locks.LockSupport;

      public class Graceful {
        static final CountDownLatch begun = new CountDownLatch(4);
        static final CountDownLatch released = new CountDownLatch(1);

        static class Model {
          String complete(String prompt) throws InterruptedException {
            if (prompt.equals("slow")) {
              begun.countDown();
              released.await();
            }
            return prompt;
          }
        }

        public static void main(String[] args) throws Exception {
          Model model = new Model();
          model.complete("quick");
          ExecutorService pool = Executors.newFixedThreadPool(4);
          for (int i = 0; i < 4; i++) {
            pool.submit(() -> model.complete("slow"));
          }
          begun.await();
          Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            awaitSnapshot();
            if (args[0].equals("killed")) {
              Runtime.getRuntime().halt(9);
            }
            released.countDown();
            pool.shutdown();
            try {
              System.out.println("terminated " + pool.awaitTermination(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              System.out.println(e);
            }
          }));
          System.exit(3);
        }

        static void awaitSnapshot() {
          File folder = new File(".metrics-agent/debug/metrics");
          for (int i = 0; i < 6000; i++) {
            String[] files = folder.list((in, name) -> name.endsWith(".json"));
            if (files != null && files.length > 0) {
              return;
            }
            LockSupport.parkNanos(10_000_000);
          }
          System.out.println("no snapshot");
        }
      }
      """;

  @TempDir private Path classes;

  @BeforeEach
  void compile() throws IOException {
    SourceFiles.compile(classes, "", "Graceful", APPLICATION);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void countsCallsThatEndInAShutdownHookOfTheApplication(Jdk jdk) throws IOException {
    FinishedRun run = run(jdk, "graceful");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.stdout().lines()).containsExactly("terminated true");
    assertThat(run.dumps()).extracting(EndOfJvmIT::requests).containsExactly(1L, 5L);
    assertThat(run.agentLog()).noneMatch(line -> line.matches("(?i).*\\b(warn|error)\\b.*"));
  }

  /** An orchestrator kills a process that does not end in time. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void keepsWhatWasBeforeWhereTheProcessIsKilledInAShutdownHook(Jdk jdk) throws IOException {
    FinishedRun run = run(jdk, "killed");

    assertThat(run.exitCode()).isEqualTo(9);
    assertThat(run.dumps()).extracting(EndOfJvmIT::requests).containsExactly(1L);
  }

  private FinishedRun run(Jdk jdk, String how) throws IOException {
    return AgentRun.on(jdk)
        .withAgent()
        .setting("metrics.agent.adapters.include", "Graceful$Model[complete]")
        .mainClass(classes.toString(), "Graceful")
        .run(how);
  }

  private static long requests(Dump dump) {
    return dump.adapters().stream().mapToLong(adapter -> adapter.count("request_count")).sum();
  }
}
