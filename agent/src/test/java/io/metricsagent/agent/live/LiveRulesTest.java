package io.metricsagent.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.live.RuleSource.Ruleset;
import io.metricsagent.bootstrap.targets.ChangedTargets;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.user.UnwovenTargets;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of these tests has the names of tools, one a line; {@code broken} cannot be read. */
class LiveRulesTest {
  /** A class that rules name. */
  static final class First {}

  /** Another one. */
  static final class Second {}

  private static final String FIRST = First.class.getName();
  private static final String SECOND = Second.class.getName();

  /** A row as the user's module has them. */
  private record Tool(ToolRule rule) implements Row<Void> {
    @Override
    public String name() {
      return "tool:" + rule.type().name();
    }

    @Override
    public String id() {
      return name();
    }

    @Override
    public List<Rule> rules() {
      return List.of(Rule.forSubtypes(rule.type().name(), MethodTarget.named("run")));
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, Void nothing) {
      throw new AssertionError("nothing is woven here");
    }
  }

  private record Tools(List<Tool> rows) implements InstrumentationModule {
    @Override
    public String name() {
      return "user";
    }

    @Override
    public SiteHandler handler(Row<?> row, Telemetry telemetry) {
      throw new AssertionError("nothing is woven here");
    }
  }

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final List<String> woven = new ArrayList<>();
  private final SiteTable sites = new SiteTable(List.of());
  private final TargetTransformer door =
      new TargetTransformer(new TargetNames(), LoaderSightings.ofTracers(), () -> null);
  private RuntimeException fault;

  @TempDir private Path folder;
  private Path file;
  private long nanos;
  private long written = 1_700_000_000_000L;
  private LiveRules live;

  @BeforeEach
  void start() throws IOException {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    file = folder.resolve("rules.txt");
    write(FIRST);
    live = live();
  }

  @AfterEach
  void restoreTheLog() {
    System.setErr(before);
  }

  private LiveRules live() {
    WatchedFiles files = new WatchedFiles(List.of(file.toFile()), () -> written + 1_000_000);
    Ruleset first = read();
    sites.add(first.module());
    ChangedTargets changed = new ChangedTargets(jvm(), door);
    return new LiveRules(
        files,
        this::read,
        new RulesInForce(new TargetNames(), sites, changed, first.rules()),
        new UnwovenTargets(sites, () -> nanos),
        () -> nanos);
  }

  private Instrumentation jvm() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAllLoadedClasses" -> {
                    if (fault != null) {
                      throw fault;
                    }
                    yield new Class<?>[] {First.class, Second.class};
                  }
                  case "isModifiableClass" -> true;
                  case "retransformClasses" -> {
                    for (Class<?> type : (Class<?>[]) arguments[0]) {
                      woven.add(type.getSimpleName());
                    }
                    yield null;
                  }
                  default -> throw new AssertionError(method);
                });
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
    written += 10_000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(written));
  }

  private Ruleset read() {
    List<ToolRule> tools = new ArrayList<>();
    int mistakes = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.equals("broken")) {
          System.err.println("rules.txt:1:1: it is broken");
          return null;
        }
        if (line.equals("mistake")) {
          mistakes++;
        } else if (!line.startsWith("#")) {
          TargetType type =
              new TargetType(new Origin("rules.txt", tools.size() + 1, 1), line, true);
          tools.add(
              new ToolRule(type, List.of(MethodTarget.named("run")), null, null, null, Map.of()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Ruleset(
        new UserRules(List.of(), tools, List.of(), List.of()),
        new Tools(tools.stream().map(Tool::new).toList()),
        mistakes);
  }

  /** Lets the agent's thread work for some seconds, and returns what it printed. */
  private String after(long seconds) {
    printed.reset();
    long end = nanos + TimeUnit.SECONDS.toNanos(seconds);
    while (live.dueNanos() <= end) {
      nanos = Math.max(nanos, live.dueNanos());
      live.run();
    }
    nanos = end;
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void weavesTheClassesOfNewAndGoneRulesAndSaysSo() throws IOException {
    assertThat(after(10)).isEmpty();
    write(SECOND);

    assertThat(after(4))
        .endsWith("] " + file + ": 1 rule is new, 1 is gone; 2 classes were woven again\n");
    assertThat(woven).containsExactly("First", "Second");
  }

  @Test
  void weavesOnlyTheClassesOfRulesThatChanged() throws IOException {
    write("# a comment moves the others", FIRST, SECOND);

    assertThat(after(2)).endsWith("1 rule is new; 1 class was woven again\n");
    assertThat(woven).containsExactly("Second");
  }

  @Test
  void weavesTheSameClassesOnceMoreALittleLaterAndNeverAgain() throws IOException {
    write(FIRST, SECOND);
    after(2);

    assertThat(after(2)).isEmpty();
    assertThat(woven).containsExactly("Second", "Second");
    assertThat(after(60)).isEmpty();
    assertThat(woven).hasSize(2);
  }

  @Test
  void saysNothingOfAFileThatIsWrittenButSaysTheSame() throws IOException {
    write("# once more", FIRST);

    assertThat(after(10)).isEmpty();
    assertThat(woven).isEmpty();
  }

  @Test
  void aBrokenFileLeavesTheRulesInForceAndIsReadOnce() throws IOException {
    write("broken");

    assertThat(after(60))
        .startsWith("rules.txt:1:1: it is broken\n")
        .endsWith(
            file + ": not all of it can be read; the rules that were read last stay in force\n")
        .hasLineCount(2);
    assertThat(sites.sites()).hasSize(1);

    write(FIRST, SECOND);
    assertThat(after(2)).endsWith("1 rule is new; 1 class was woven again\n");
  }

  @Test
  void aDeletedFileLeavesTheRulesInForceAndIsToldOnce() throws IOException {
    Files.delete(file);

    assertThat(after(60))
        .contains(file + " is missing or empty; the rules that were read last stay in force")
        .hasLineCount(1);
    assertThat(sites.sites()).hasSize(1);

    write(FIRST);
    assertThat(after(10)).endsWith(file + ": read again; its 1 rule is as before\n");
    write("# once more", FIRST);
    assertThat(after(10)).isEmpty();
    write(SECOND);
    assertThat(after(2)).contains("1 rule is new, 1 is gone");
  }

  @Test
  void saysThatTheFiguresOfARuleWithAMistakeStop() throws IOException {
    write(SECOND, "mistake");

    assertThat(after(2))
        .endsWith("woven again; the figures of rules with a mistake stop until they are mended\n");
  }

  @Test
  void goesOnAfterAFault() throws IOException {
    fault = new IllegalStateException("no memory");
    write(SECOND);

    assertThat(after(20))
        .contains("the rules could not be changed: java.lang.IllegalStateException: no memory")
        .hasLineCount(1);
    fault = null;

    assertThat(after(5)).endsWith("1 rule is new, 1 is gone; 2 classes were woven again\n");
    assertThat(woven).startsWith("First", "Second");
  }

  @Test
  void reportsAClassThatIsNotLoadedForFiveMinutes() throws IOException {
    write("com.acme.Typo");
    after(2);

    assertThat(after(298)).isEmpty();
    assertThat(after(5)).contains("com.acme.Typo was loaded within 5 minutes").hasLineCount(1);
    assertThat(after(1000)).isEmpty();
  }
}
