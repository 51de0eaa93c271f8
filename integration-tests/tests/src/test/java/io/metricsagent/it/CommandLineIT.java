package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar's commands, run by a shell, with pipes and redirections. */
@ExtendWith(ShowRuns.class)
class CommandLineIT {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
  }

  /**
   * Runs a script in which {@code $BIN} is the JDK's folder of commands and {@code $JAR} the agent.
   */
  private Result shell(Jdk jdk, String script) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Path work = Files.createDirectories(folder.resolve("work"));
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-c", script)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    shell.environment().keySet().removeIf(CommandLineIT::configuresTheAgent);
    shell.environment().put("BIN", Path.of(jdk.command("java")).getParent().toString());
    shell.environment().put("JAR", Artifacts.agent().toString());
    Process process = shell.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(script).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), read(out), read(err));
  }

  private static boolean configuresTheAgent(String variable) {
    return variable.startsWith("METRICS_AGENT_")
        || variable.startsWith("OTEL_")
        || variable.equals("JAVA_TOOL_OPTIONS");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void failsWhereItsOutputCannotBeWritten(Jdk jdk) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is a device of Linux");
    Result full = shell(jdk, "\"$BIN/java\" -jar \"$JAR\" config > /dev/full");
    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    assertThat(full.err()).startsWith("standard output cannot be written").hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void readsStandardInput(Jdk jdk) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/stdin")), "there is no /dev/stdin");
    for (String input : List.of("-", "/dev/stdin")) {
      Result played =
          shell(
              jdk,
              "echo '{\"op\":\"ack\",\"queue\":\"q\"}'"
                  + " | \"$BIN/java\" -jar \"$JAR\" replay --exporters=none "
                  + input);
      assertThat(played.exitCode()).as(played.err()).isZero();
      assertThat(played.out()).startsWith("played 1 call");
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void runsBelowAFolderWithAnExclamationMark(Jdk jdk) throws Exception {
    Path jar = Files.createDirectory(folder.resolve("!bang!")).resolve("metrics-agent.jar");
    Files.copy(Artifacts.agent(), jar);
    Result config = shell(jdk, "\"$BIN/java\" -jar '" + jar + "' config");
    assertThat(config.exitCode()).as(config.err()).isZero();
    assertThat(config.out()).contains("metrics.agent.dir");
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void saysWhenItIsOutOfMemory(Jdk jdk) throws Exception {
    Path large = folder.resolve("large.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(200L * 1024 * 1024); // a sparse file
    }
    Result inspect = shell(jdk, "\"$BIN/java\" -Xmx32m -jar \"$JAR\" inspect '" + large + "'");
    assertThat(inspect.exitCode()).as(inspect.err()).isEqualTo(1);
    assertThat(inspect.err()).startsWith("out of memory (").hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void completesItsCommandsInBash(Jdk jdk) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    Result completed =
        shell(
            jdk,
            "\"$BIN/java\" -jar \"$JAR\" generate-completion bash > script && bash -c '. ./script;"
                + " COMP_WORDS=(metrics-agent collect \"\"); COMP_CWORD=2;"
                + " _complete_metrics-agent; echo \"${COMPREPLY[@]}\"'");
    assertThat(completed.exitCode()).as(completed.err()).isZero();
    assertThat(completed.out()).contains("wandb");
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void collectsRunsAndPushesThemToTheArchive(Jdk jdk) throws Exception {
    Result collected =
        shell(
            jdk,
            "echo '[{\"id\":\"abc\",\"name\":\"lr-sweep\",\"state\":\"finished\","
                + "\"created_at\":\"2025-10-10T10:00:00Z\","
                + "\"heartbeat_at\":\"2025-10-10T11:00:00Z\",\"summary\":{\"loss\":0.5}}]'"
                + " | \"$BIN/java\" -jar \"$JAR\" collect wandb --input - --json --push"
                + " && cat .metrics-agent/debug/metrics/*.json");
    assertThat(collected.exitCode()).as(collected.err()).isZero();
    assertThat(collected.out())
        .contains("\"wandb.run.duration_hours\": [", "\"run_type:sweep\"")
        .contains("\"name\" : \"wandb.run.metric\"", "\"source\" : \"wandb-collector\"");
    assertThat(collected.err()).contains("pushed 3 data points to archive").hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresNeitherItselfNorToolsOfTheJdk(Jdk jdk) throws Exception {
    Result all =
        shell(
            jdk,
            "export JAVA_TOOL_OPTIONS=\"-javaagent:$JAR\";"
                + " \"$BIN/java\" -jar \"$JAR\" config --json && \"$BIN/keytool\" -help");
    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(all.out()).startsWith("{");
    assertThat(all.err())
        .contains("not measuring java.base/sun.security.tools.keytool.Main, a tool of the JDK")
        .containsOnlyOnce("[metrics-agent]");
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void namesTheSettingOfADirectoryThatCannotBeSpelled(Jdk jdk) throws Exception {
    Path settings = folder.resolve("agent.properties");
    Files.writeString(settings, "metrics.agent.dir=/tmp/\u00fc\u6f22\n");
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent("config.file=" + settings)
            .environment("LC_ALL", "C")
            .jar(Artifacts.app("plain"))
            .run("work");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.agentLog())
        .filteredOn(line -> line.contains("exporting to archive failed"))
        .singleElement()
        .asString()
        .contains("metrics.agent.dir=/tmp/", "LC_ALL=C.UTF-8");
  }
}
