package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first seconds of the LangChain4j application under load, over many launches.
 *
 * <p>Single launches of the same JVM differ by 15 % with nothing changed. So the variants are
 * launched one after the other, in an order that rotates, and each launch is compared with that
 * without an agent of the same round. The second variant without an agent is the control.
 */
final class WarmUp {
  private static final int THREADS = 4;

  /** The length of a turn, in seconds: the application counts its load in whole seconds. */
  private static final int SECONDS = 1;

  private static final List<String> APP_CORE = List.of("taskset", "-c", "0");
  private static final int FIRST_WITH_DEOPTIMISATION_LOG = 18;
  static final List<Variant> VARIANTS = List.of(Variant.NONE, Variant.AGAIN, Variant.WARM);

  private WarmUp() {}

  /**
   * Measures one JDK.
   *
   * @param launches how often each variant is launched
   * @param turns the length of each launch, in seconds
   */
  static Map<Variant, List<WarmUpRun>> measure(
      App app, Jdk jdk, Jars jars, Path work, int launches, int turns) throws IOException {
    Map<Variant, List<WarmUpRun>> runs = new EnumMap<>(Variant.class);
    VARIANTS.forEach(variant -> runs.put(variant, new ArrayList<>()));
    for (int launch = 0; launch < launches; launch++) {
      for (int i = 0; i < VARIANTS.size(); i++) {
        Variant variant = VARIANTS.get((i + launch) % VARIANTS.size());
        WarmUpRun run = run(app, jdk, variant, jars, work, turns);
        runs.get(variant).add(run);
        System.out.printf(
            "JDK %d, %s: %.0f answers, warm after %d s, %.0f ms CPU; %s%n",
            jdk.feature(),
            variant.title(),
            run.answers(),
            run.turnsUntilWarm(),
            run.cpuMillisUntilWarm(),
            run.compilers());
      }
    }
    return runs;
  }

  private static WarmUpRun run(App app, Jdk jdk, Variant variant, Jars jars, Path work, int turns)
      throws IOException {
    Path directory = variant.directory(work, jdk, app);
    Path log = directory.resolve("deoptimisations.txt");
    Files.deleteIfExists(log);
    boolean logged = jdk.feature() >= FIRST_WITH_DEOPTIMISATION_LOG;
    List<String> options = new ArrayList<>(variant.options(jdk, jars, directory));
    if (logged) {
      options.add("-Xlog:deoptimization=debug:file=" + log);
    }
    try (RunningApp running = RunningApp.start(jdk, app, options, directory, APP_CORE)) {
      double start = running.cpuMillis();
      double before = start;
      List<WarmUpRun.Turn> done = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        String line = running.ask("load " + THREADS + " " + SECONDS);
        double now = running.cpuMillis();
        done.add(WarmUpRun.Turn.of(line, SECONDS, now - before));
        before = now;
      }
      List<String> counters = running.counters();
      double deoptimisations = logged ? Files.readAllLines(log).size() : -1;
      return new WarmUpRun(start, done, CompilerWork.parse(counters, deoptimisations));
    }
  }
}
