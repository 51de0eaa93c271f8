package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Await;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ServiceApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is left of runs and sessions that are under way when the JVM ends or is killed. */
@ExtendWith(ShowRuns.class)
class EndOfSessionsIT {
  /** How often the JVM is killed on each JDK; -Dsessions.kills=200 looks for rare tears. */
  private static final int KILLS = Integer.getInteger("sessions.kills", 3);

  /** So many processes write into one folder, so that each finds what the killed ones have left. */
  private static final int KILLS_OF_FOLDER = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The longest life of a JVM after its first line. In milliseconds. */
  private static final int LIFE_MILLIS = 2500;

  @TempDir private static Path classes;
  private static ServiceApp app;

  @TempDir private Path folder;

  @BeforeAll
  static void compile() throws IOException {
    app = ServiceApp.in(classes);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aRunThatIsUnderWayAtTheEndIsInterrupted(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run = app.recorded(jdk).run("hold", stub.baseUrl());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      Recordings kept = Recordings.of(run);

      JsonNode line = kept.runs().of("Desk.answer").get(0);
      assertThat(line.get("event").asString()).isEqualTo("run.error");
      assertThat(line.get("success").asBoolean()).isFalse();
      assertThat(line.get("error").asString()).isEqualTo("interrupted");
      assertThat(kept.sessions()).hasSize(1);
      JsonNode session = kept.sessions().get(0);
      assertThat(session.get("session_id")).isEqualTo(line.get("run_id"));
      assertThat(session.get("success").asBoolean()).isFalse();
      assertThat(session.get("error").asString()).isEqualTo("interrupted");
      assertThat(session.get("end_time").isNull()).isFalse();
      assertThat(Recordings.events(session, "tool.called")).hasSize(1);
      assertThat(kept.rolledUp("known_sessions")).isEqualTo(1);
      assertThat(kept.rolledUp("startup_success_sessions")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aJvmThatIsKilledLeavesWholeLinesAndWholeFiles(Jdk jdk) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < KILLS; i += KILLS_OF_FOLDER) {
      Path directory = folder.resolve("agent" + i);
      killAll(jdk, directory, random, seed, Math.min(KILLS_OF_FOLDER, KILLS - i));
      Recordings kept = Recordings.in(directory);
      assertNothingElse(directory);
      assertThat(kept.runs().outcomes()).containsOnlyKeys("Desk.answer true");
      FinishedRun report =
          AgentRun.on(jdk)
              .jar(Artifacts.agent())
              .run("analyze", directory.resolve("debug/sessions").toString());
      if (kept.sessions().isEmpty()) {
        assertThat(report.exitCode()).isNotZero(); // each process was killed within a second
      } else {
        assertThat(report.stdout())
            .contains("Sessions analyzed: %,d%n".formatted(kept.sessions().size()));
      }
    }
  }

  private static void killAll(Jdk jdk, Path directory, Random random, long seed, int kills)
      throws IOException {
    int runs = 0;
    for (int i = 0; i < kills; i++) {
      long moment = random.nextInt(LIFE_MILLIS);
      String when = "kill %d after %d ms, seed %d".formatted(i, moment, seed);
      kill(jdk, directory, moment);

      Recordings kept = Recordings.in(directory);
      assertThat(kept.runs().lines()).as(when).hasSizeGreaterThan(runs);
      runs = kept.runs().lines().size();
    }
  }

  private static void kill(Jdk jdk, Path directory, long moment) throws IOException {
    File runs = directory.resolve("metrics.jsonl").toFile();
    long before = runs.length();
    try (RunningApp running =
        app.recorded(
                jdk,
                "metrics.agent.dir",
                directory.toString(),
                "metrics.agent.interval",
                "1s",
                "metrics.agent.sessions.max.files",
                "100000")
            .start("loop")) {
      Await.until(() -> runs.length() > before, PATIENCE, running::stdout);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moment)); // any moment is a good one
      assertThat(running.kill().exitCode()).isEqualTo(128 + 9);
    }
  }

  /** What else is there must not be taken for sessions or rollups. */
  private static void assertNothingElse(Path directory) throws IOException {
    for (String kind : List.of("debug/sessions", "rollups")) {
      Path place = directory.resolve(kind);
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .allMatch(
                  name ->
                      name.matches("\\d{4}-\\d\\d-\\d\\d.*\\.jsonl?")
                          || (name.startsWith(".") && !name.endsWith(".json")));
        }
      }
    }
  }
}
