package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps a start cheap by counts, which do not depend on the load of the machine. A commit that
 * raises a limit says why, and was measured with the profile {@code startup}.
 */
class StartGuardIT {
  /** The limit of all classes loaded by {@code premain}; most of them any agent loads. */
  private static final int MAX_CLASSES_OF_PREMAIN = 220;

  /**
   * The limit of the agent's own classes among them; five of them are the launcher's loader and
   * what it reads the jar with.
   */
  private static final int MAX_CLASSES_OF_OURS = 35;

  private static final String WEAVER = "io.metricsagent.instrumentations.rules.weaving.Weaver";

  @TempDir static Path folder;
  private static Path application;

  /** One run: the names of the loaded classes in order, and the standard output. */
  private record Run(List<String> classes, List<String> out) {
    /**
     * Returns the classes that were loaded from the agent's entry class until the application's
     * main class.
     */
    List<String> ofPremain() {
      return classes.subList(
          classes.indexOf("io.metricsagent.MetricsAgent"),
          classes.indexOf(ManyClasses.class.getName()));
    }

    List<String> named(String prefix) {
      return classes.stream().filter(name -> name.startsWith(prefix)).toList();
    }
  }

  static Stream<Jdk> jdks() throws IOException {
    return Jdk.installed().stream();
  }

  @BeforeAll
  static void writeTheApplication() throws IOException {
    application = ManyClasses.jar(folder);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void beforeMainFewClassesAreLoadedAndNoneOfALibrary(Jdk jdk) throws Exception {
    List<String> premain = run(jdk).ofPremain();

    assertThat(premain).hasSizeLessThan(MAX_CLASSES_OF_PREMAIN);
    assertThat(premain)
        .filteredOn(name -> name.startsWith("io.metricsagent."))
        .hasSizeLessThan(MAX_CLASSES_OF_OURS)
        .allMatch(
            name ->
                name.startsWith("io.metricsagent.bootstrap.")
                    || name.equals("io.metricsagent.MetricsAgent"))
        .noneMatch(name -> name.contains("$$Lambda"));
    assertThat(premain)
        .noneMatch(name -> name.startsWith("java.util.logging.") || name.contains("management"))
        .doesNotContain("java.util.ServiceLoader", "java.lang.ProcessHandleImpl");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void noneOfTenThousandClassesReachesTheWeaver(Jdk jdk) throws Exception {
    Run run = run(jdk);

    assertThat(run.named("com.example.many.C")).hasSize(ManyClasses.COUNT);
    assertThat(run.named(WEAVER)).isEmpty();
    assertThat(run.named("io.metricsagent.shaded.bytebuddy.jar.asm.")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void oneTargetAmongThemLoadsTheWeaverAndLittleElse(Jdk jdk) throws Exception {
    Run run = run(jdk, "-Dmetrics.agent.tools.include=com.example.many.C7[run]");

    assertThat(run.named(WEAVER)).isNotEmpty();
    assertThat(run.named("io.metricsagent.shaded.bytebuddy.jar.asm."))
        .isNotEmpty()
        .hasSizeLessThan(50);
    try (Stream<Path> files = Files.walk(folder.resolve("run/.metrics-agent/debug/metrics"))) {
      Path snapshot = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      assertThat(Files.readString(snapshot)).containsPattern("\"woven_methods\" ?: ?1\\b");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void oneThreadIsAdded(Jdk jdk) throws Exception {
    assertThat(run(jdk).out())
        .filteredOn(line -> line.startsWith("thread metrics-agent"))
        .containsExactly("thread metrics-agent-flush");
  }

  private static Run run(Jdk jdk, String... options) throws Exception {
    Path directory = folder.resolve("run");
    deleteRecursively(directory);
    Files.createDirectories(directory);
    Path log = directory.resolve("classes.log");
    Path out = directory.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(jdk.tool("java"));
    command.add("-javaagent:" + System.getProperty("metrics.agent.jar"));
    command.add("-Xlog:class+load:file=" + log + ":none");
    command.addAll(List.of(options));
    command.add("-jar");
    command.add(application.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("METRICS_AGENT_"));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
      int source = line.indexOf(" source:");
      if (source > 0) {
        classes.add(line.substring(0, source));
      }
    }
    return new Run(classes, Files.readAllLines(out, StandardCharsets.UTF_8));
  }

  private static void deleteRecursively(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
