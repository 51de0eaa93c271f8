package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunLines;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Runs of an application that no rule knows: a setting names a method, or the application begins
 * them by the Java interface. And the file that they are written to, whatever names it.
 */
@ExtendWith(ShowRuns.class)
class OwnRunsIT {
  private static final String JOB =
      """
      package com.acme;

      import io.metricsagent.api.AgentRun;
      import io.metricsagent.api.MetricsAgentApi;
      import java.util.Map;
      import java.util.concurrent.CancellationException;
      import java.util.concurrent.CompletableFuture;

      public class Job {
        public static class Llm {
          public String complete(String prompt) {
            return prompt;
          }
        }

        /** Its runs are those of its super class, which it calls. */
        public static class Nightly extends Job {
          @Override
          public String run(String what) {
            return super.run("nightly " + what);
          }
        }

        public String run(String what) {
          if (what.equals("broken")) {
            throw new IllegalStateException("said in a prompt");
          }
          return new Llm().complete(what);
        }

        public CompletableFuture<String> later(CompletableFuture<String> answer) {
          return answer;
        }

        public static void main(String[] args) {
          switch (args[0]) {
            case "named" -> named();
            case "begun" -> begun();
            case "outside" -> System.out.println(new Llm().complete("no run"));
            default -> throw new IllegalArgumentException(args[0]);
          }
        }

        static void named() {
          Job job = new Job();
          job.run("rows");
          new Nightly().run("rows");
          try {
            job.run("broken");
          } catch (IllegalStateException e) {
            System.out.println("failed");
          }
          CompletableFuture<String> good = new CompletableFuture<>();
          job.later(good);
          good.complete("done");
          job.later(new CompletableFuture<>()).cancel(true);
          job.later(new CompletableFuture<>()); // never ends
        }

        static void begun() {
          try (AgentRun run = MetricsAgentApi.runs().begin("Import.night")) {
            run.record("page.read", Map.of("page", 3));
            run.set("rows", 1250);
            new Llm().complete("what");
            System.out.println(run.id());
          }
          for (int i = 0; i < 2; i++) {
            try (AgentRun run = MetricsAgentApi.runs().begin("Support.answer", "talk-17")) {
              new Llm().complete("what");
              if (i == 0) {
                run.failed(new IllegalStateException("said in a prompt"));
              }
            }
          }
        }
      }
      """;

  @TempDir private static Path classes;

  @TempDir private Path folder;

  @BeforeAll
  static void compile() throws IOException {
    SourceFiles.compile(classes, api(), "Job", JOB);
  }

  private static String api() {
    return Artifacts.app("own-figures").resolveSibling("lib/api-0.1.0.jar").toString();
  }

  private static AgentRun job(Jdk jdk) {
    return AgentRun.on(jdk)
        .withAgent()
        .setting("metrics.agent.adapters.include", "com.acme.Job.Llm[complete]")
        .mainClass(classes + File.pathSeparator + api(), "com.acme.Job");
  }

  private static AgentRun withRuns(Jdk jdk) {
    return job(jdk).setting("metrics.agent.runs.enabled", "true");
  }

  private static FinishedRun run(AgentRun application, String word) throws IOException {
    FinishedRun run = application.run(word);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.agentLog()).noneMatch(line -> line.contains("warn"));
    assertThat(run.dump().agentErrors()).isZero();
    return run;
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aMethodThatASettingNamesIsARun(Jdk jdk) throws IOException {
    FinishedRun run =
        run(
            Recordings.on(job(jdk))
                .setting("metrics.agent.run.gauges", "true")
                .setting("metrics.agent.runs.include", "com.acme.Job[run,later]"),
            "named");
    RunLines lines = RunLines.of(run);

    assertThat(lines.endings())
        .as(run.toString())
        .isEqualTo(
            Map.of(
                "Job.run ok", 2,
                "Job.run failed", 1,
                "Job.later ok", 1,
                "Job.later cancelled", 1,
                "Job.later interrupted", 1));
    assertThat(lines.requests(run.dump()))
        .containsEntry("Job.run 1", 2)
        .containsEntry("Job.run 0", 1);
    assertThat(lines.lines()).noneMatch(line -> line.toString().contains("said"));
    assertThat(Recordings.of(run).sessions())
        .extracting(session -> session.get("skill_name").asString())
        .containsExactlyInAnyOrder(
            "Job.run", "Job.run", "Job.run", "Job.later", "Job.later", "Job.later");
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theEnvironmentNamesAMethodToo(Jdk jdk) throws IOException {
    FinishedRun run =
        run(
            job(jdk)
                .environment("METRICS_AGENT_RUNS_ENABLED", "true")
                .environment("METRICS_AGENT_RUNS_INCLUDE", "com.acme.Job[run]"),
            "named");

    assertThat(RunLines.of(run).outcomes())
        .isEqualTo(Map.of("Job.run true", 2, "Job.run false", 1));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void allRunsHaveTheScenarioThatIsSet(Jdk jdk) throws IOException {
    FinishedRun run =
        run(
            withRuns(jdk)
                .setting("metrics.agent.runs.include", "com.acme.Job[run]")
                .setting("metrics.agent.runs.scenario", "quickstart-job"),
            "named");
    FinishedRun outside =
        run(withRuns(jdk).setting("metrics.agent.runs.scenario", "quickstart"), "outside");

    assertThat(RunLines.of(run).outcomes())
        .isEqualTo(Map.of("quickstart-job true", 2, "quickstart-job false", 1));
    assertThat(RunLines.of(outside).outcomes()).isEqualTo(Map.of("quickstart true", 1));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void whatNoRunIsAroundIsTheRunOfTheProcess(Jdk jdk) throws IOException {
    assertThat(RunLines.of(run(withRuns(jdk), "outside")).outcomes())
        .isEqualTo(Map.of("process true", 1));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void theApplicationBeginsRunsAndConversationsItself(Jdk jdk) throws IOException {
    FinishedRun run =
        run(Recordings.on(job(jdk)).setting("metrics.agent.run.gauges", "true"), "begun");
    Recordings kept = Recordings.of(run);
    String id = run.stdout().strip();

    assertThat(kept.runs().endings())
        .as(run.toString())
        .isEqualTo(
            Map.of("Import.night ok", 1, "Support.answer failed", 1, "Support.answer ok", 1));
    assertThat(kept.runs().of("Import.night").get(0).get("run_id").asString()).isEqualTo(id);
    assertThat(kept.runs().requests(run.dump()))
        .isEqualTo(Map.of("Import.night 1", 1, "Support.answer 1", 2));
    assertThat(rows(run, id)).containsExactly(1250.0);

    assertThat(kept.sessions())
        .extracting(session -> session.get("session_id").asString())
        .containsExactlyInAnyOrder(id, "talk-17");
    for (JsonNode session : kept.sessions()) {
      assertThat(session.get("success").asBoolean()).as("the last run decides").isTrue();
      boolean imported = session.get("session_id").asString().equals(id);
      assertThat(types(session))
          .containsExactlyElementsOf(
              imported
                  ? List.of("skill.invoked", "page.read", "llm.request", "llm.response")
                  : List.of(
                      "skill.invoked",
                      "llm.request",
                      "llm.response",
                      "error",
                      "skill.invoked",
                      "llm.request",
                      "llm.response"));
    }
  }

  /** Returns the values that the run has set. */
  private static List<Double> rows(FinishedRun run, String id) {
    List<Double> values = new ArrayList<>();
    for (JsonNode point : run.dump().root().path("points")) {
      JsonNode tags = point.path("tags");
      if (point.get("name").asString().equals("run.metric")
          && tags.path("metric_name").asString("").equals("rows")) {
        assertThat(tags.get("run_id").asString()).isEqualTo(id);
        values.add(point.get("value").asDouble());
      }
    }
    return values;
  }

  private static List<String> types(JsonNode session) {
    List<String> types = new ArrayList<>();
    session.get("events").forEach(event -> types.add(event.get("event_type").asString()));
    return types;
  }

  /** The specification's variable names the file, unless the agent's own does. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void eitherVariableMovesTheFile(Jdk jdk) throws IOException {
    Path specified = folder.resolve("made/specified.jsonl");
    Path own = folder.resolve("own.jsonl");
    FinishedRun first =
        run(withRuns(jdk).environment("WORLDFLUX_METRICS_PATH", " " + specified + " "), "outside");
    FinishedRun second =
        run(
            withRuns(jdk)
                .environment("WORLDFLUX_METRICS_PATH", specified.toString())
                .environment("METRICS_AGENT_RUNS_PATH", own.toString()),
            "outside");

    assertThat(RunLines.in(specified).outcomes()).isEqualTo(Map.of("process true", 1));
    assertThat(RunLines.in(own).outcomes()).isEqualTo(Map.of("process true", 1));
    for (FinishedRun run : List.of(first, second)) {
      assertThat(run.agentDirectory().resolve("metrics.jsonl")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void devNullMakesNoFile(Jdk jdk) throws IOException {
    for (String variable : List.of("WORLDFLUX_METRICS_PATH", "METRICS_AGENT_RUNS_PATH")) {
      FinishedRun run = run(withRuns(jdk).environment(variable, "/dev/null"), "outside");
      try (Stream<Path> files = Files.walk(run.agentDirectory().getParent())) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".jsonl") || name.equals("null"));
      }
    }
  }
}
