package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.Ledger.Account;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JVMs that take the application's classes from an archive that a run before has written: AppCDS
 * and, since Java 24, AOT caches. They take them from there with the agent as without it, and the
 * agent counts what the stub server says it sent.
 */
@ExtendWith(ShowRuns.class)
class ArchivesIT {
  private static final String MODEL = "gpt-4o-mini";

  /** How often each setup is started; -Darchives.starts=50 looks for rare crashes. */
  private static final int STARTS = Integer.getInteger("archives.starts", 3);

  /** How many classes of the agent an archive may lack that was written with the agent. */
  private static final int OWN_CLASSES_FROM_THE_JAR = 20;

  private static final Pattern LOADED = Pattern.compile(".*\\] (\\S+) source: (.*)");

  @TempDir private static Path folder;

  /** How an archive is written, and how a JVM is told to use it. */
  private enum Archive {
    APP_CDS_17(17, false),
    APP_CDS_17_WRITTEN_WITH_AGENT(17, true),
    APP_CDS_25(25, false),
    AOT_CACHE(25, false),
    AOT_CACHE_WRITTEN_WITH_AGENT(25, true),
    AOT_CACHE_IN_TWO_STEPS_WITH_AGENT(25, true);

    private final int feature;
    private final boolean withAgent;

    Archive(int feature, boolean withAgent) {
      this.feature = feature;
      this.withAgent = withAgent;
    }

    private Jdk jdk() {
      return Jdk.all().stream().filter(jdk -> jdk.feature() == feature).findFirst().orElseThrow();
    }

    private Archive plain() {
      return !withAgent ? this : isAppCds() ? APP_CDS_17 : AOT_CACHE;
    }

    private boolean isAppCds() {
      return name().startsWith("APP_CDS");
    }

    /** What the JVM's log says of classes from the application's own archive. */
    private String source() {
      return isAppCds() ? "shared objects file (top)" : "shared objects file";
    }

    /** An agent adds a module, and the modules of the training run must be those of later runs. */
    private String[] modules() {
      return isAppCds() ? new String[0] : new String[] {"--add-modules", "java.instrument"};
    }

    /** What an archive of AppCDS needs with any agent, by version and by who wrote it. */
    private String[] withAnyAgent() {
      return switch (this) {
        case APP_CDS_17_WRITTEN_WITH_AGENT ->
            new String[] {"-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent"};
        case APP_CDS_25 -> new String[] {"-Xlog:cds=off"};
        default -> new String[0];
      };
    }

    private String output(Path file) {
      return (isAppCds() ? "-XX:ArchiveClassesAtExit=" : "-XX:AOTCacheOutput=") + file;
    }

    private String use(Path file) {
      return (isAppCds() ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=") + file;
    }

    /** Runs the application, so that the JVM writes the archive. */
    private void write(Path file, Path agent) throws IOException {
      if (this == AOT_CACHE_IN_TWO_STEPS_WITH_AGENT) {
        String steps = "-XX:AOTConfiguration=" + file + ".conf";
        assertWritten(application(agent).jvm("-XX:AOTMode=record", steps));
        FinishedRun create =
            application(agent).jvm("-XX:AOTMode=create", steps, use(file)).run("unused");
        assertThat(create.exitCode()).isZero();
      } else if (withAgent) {
        assertWritten(application(agent).jvm(output(file)).jvm(withAnyAgent()));
      } else {
        assertWritten(application(null).jvm(output(file)).jvm(modules()));
      }
      assertThat(file).exists();
    }

    private void assertWritten(AgentRun training) throws IOException {
      try (StubServer stub = StubServer.start(0)) {
        FinishedRun run = training.run(stub.baseUrl(), "chat", "tools");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.agentLog())
            .as("what the agent says")
            .hasSize(withAgent ? 1 : 0)
            .allMatch(line -> line.contains("not measuring") && line.contains("archive"));
        assertThat(run.agentDirectory()).doesNotExist();
      }
    }

    /**
     * Reads which classes came from the archive; those that the JVM makes have no lasting names.
     */
    private Set<String> classes(Path log) throws IOException {
      Set<String> classes = new HashSet<>();
      for (String line : Files.readAllLines(log)) {
        Matcher loaded = LOADED.matcher(line);
        if (loaded.matches()
            && loaded.group(2).equals(source())
            && !loaded.group(1).contains("/0x")) {
          classes.add(loaded.group(1));
        }
      }
      return classes;
    }

    private AgentRun application(Path agent) {
      AgentRun run = AgentRun.on(jdk()).jar(Artifacts.app("langchain4j-chat"));
      return agent == null ? run : run.jvm("-javaagent:" + agent);
    }
  }

  static Stream<Arguments> setups() {
    return Stream.of(Archive.values())
        .flatMap(
            archive ->
                Stream.of("metrics-agent.jar", "another name.jar")
                    .map(jar -> Arguments.of(archive, jar)));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void areUsedAsWithoutTheAgentWhichCountsAllTheSame(Archive archive, String jar)
      throws IOException {
    Path agent = folder.resolve(jar);
    if (!Files.exists(agent)) {
      Files.copy(Artifacts.agent(), agent);
    }
    Path file = folder.resolve(archive + "-" + jar.length());
    archive.write(file, agent);

    for (int i = 0; i < STARTS; i++) {
      Path log = folder.resolve("with-" + archive + "-" + jar.length() + "-" + i);
      start(archive, agent, file, log);
      if (archive.withAgent) {
        assertThatOwnClassesAreInTheArchive(log);
      }
      assertThatTheArchiveIsUsed(archive, log);
    }
  }

  private static void assertThatTheArchiveIsUsed(Archive archive, Path log) throws IOException {
    Set<String> without = without(archive);
    Set<String> with = archive.classes(log);
    with.retainAll(without);
    assertThat(with.size())
        .as("of %s classes from the archive", without.size())
        .isGreaterThanOrEqualTo(without.size() * 99 / 100);
  }

  /** An image may be built with the agent at another path than that in the container. */
  @Test
  void containTheAgentsClassesWhereverItsJarIs() throws IOException {
    Archive archive = Archive.AOT_CACHE_WRITTEN_WITH_AGENT;
    Path file = folder.resolve("moved");
    archive.write(file, Artifacts.agent());
    Path agent = Files.createDirectory(folder.resolve("elsewhere")).resolve("agent.jar");
    Files.copy(Artifacts.agent(), agent);
    Path log = folder.resolve("moved.log");

    start(archive, agent, file, log);

    assertThatOwnClassesAreInTheArchive(log);
  }

  /** Classes that an AOT cache has linked are loaded before the agent reads the rules. */
  @ParameterizedTest
  @EnumSource(names = {"APP_CDS_17", "AOT_CACHE", "AOT_CACHE_WRITTEN_WITH_AGENT"})
  void haveClassesThatARuleFileMeasures(Archive archive) throws IOException {
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(
        rules, "tools: [{type: com.example.warehouse.Models, methods: [assistant], name: hire}]");
    Path file = folder.resolve("rules-" + archive);
    archive.write(file, Artifacts.agent());
    Path log = folder.resolve("rules-" + archive + ".log");

    FinishedRun run = start(archive, Artifacts.agent(), file, log, rules);

    assertThat(run.dump().tool("hire").count("call_count")).isEqualTo(2);
    assertThatTheArchiveIsUsed(archive, log);
  }

  private static void start(Archive archive, Path agent, Path file, Path log) throws IOException {
    start(archive, agent, file, log, null);
  }

  private static FinishedRun start(Archive archive, Path agent, Path file, Path log, Path rules)
      throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      AgentRun application =
          archive.application(agent).jvm(archive.use(file), log(log)).jvm(archive.withAnyAgent());
      if (rules != null) {
        application.setting("metrics.agent.rules.file", rules.toString());
      }
      FinishedRun run = application.run(stub.baseUrl(), "chat", "tools");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertQuiet(archive, run);
      Account account = stub.ledger().account(MODEL, "chat");
      Adapter chat = run.dump().adapter(MODEL, "chat");
      assertThat(account.answered()).isPositive();
      assertThat(chat.count("request_count")).isEqualTo(account.answered());
      assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
      assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
      return run;
    }
  }

  /**
   * The JVM writes its warnings about archives to the standard output. The option that lets it
   * write an archive of AppCDS with an agent makes it print a line of its own in later runs.
   */
  private static void assertQuiet(Archive archive, FinishedRun run) {
    assertThat(run.stderr())
        .filteredOn(
            line ->
                archive != Archive.APP_CDS_17_WRITTEN_WITH_AGENT
                    || !line.contains("AllowArchivingWithJavaAgent"))
        .isEmpty();
    assertThat(run.stdout().lines()).noneMatch(line -> line.startsWith("["));
    assertThat(run.agentLog()).noneMatch(line -> line.matches("(?i).*\\b(warn|error)\\b.*"));
  }

  /**
   * Returns the application's classes that come from an archive of this kind without the agent. An
   * archive that was written with the agent is of no use without it, so one that was written
   * without is taken for it.
   */
  private static Set<String> without(Archive archive) throws IOException {
    Archive plain = archive.plain();
    Path log = folder.resolve("without-" + plain);
    if (!Files.exists(log)) {
      Path file = folder.resolve("plain-" + plain);
      plain.write(file, null);
      AgentRun run = plain.application(null).jvm(plain.use(file), log(log)).jvm(plain.modules());
      try (StubServer stub = StubServer.start(0)) {
        assertThat(run.run(stub.baseUrl(), "chat", "tools").exitCode()).isZero();
      }
    }
    Set<String> classes = plain.classes(log);
    assertThat(classes).hasSizeGreaterThan(1000);
    return classes;
  }

  private static void assertThatOwnClassesAreInTheArchive(Path log) throws IOException {
    assertThat(ownClassesFromTheJar(log))
        .as("classes of the agent that the archive lacks")
        .contains("io.metricsagent.MetricsAgent") // the log is of this agent
        .hasSizeLessThanOrEqualTo(OWN_CLASSES_FROM_THE_JAR);
  }

  /** Returns the agent's classes whose class files the JVM read, by a log of loaded classes. */
  private static List<String> ownClassesFromTheJar(Path log) throws IOException {
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher loaded = LOADED.matcher(line);
      if (loaded.matches()
          && loaded.group(1).startsWith("io.metricsagent.")
          && !loaded.group(1).contains("/0x") // made by the JVM, such as a lambda
          && !loaded.group(2).startsWith("shared objects file")) {
        classes.add(loaded.group(1));
      }
    }
    return classes;
  }

  private static String log(Path file) {
    return "-Xlog:class+load:file=" + file;
  }
}
