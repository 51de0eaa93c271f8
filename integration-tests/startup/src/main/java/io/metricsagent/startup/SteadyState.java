package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The LangChain4j application under load, on a core of its own, against a stub that answers at
 * once.
 *
 * <p>All variants run at the same time and take turns of {@value #SECONDS} s, so that other load of
 * the machine affects all of them; each turn is compared with the neighbouring turn without an
 * agent. The variants are launched several times, since the JIT compiler's results differ from
 * launch to launch.
 */
final class SteadyState {
  private static final int THREADS = 4;
  private static final int SECONDS = 1;
  private static final int TURNS = 16;

  /**
   * In a shorter time the JIT compiler does not finish, in some applications less than in others.
   */
  private static final int WARM_UP_SECONDS = 30;

  /** How often each variant is launched. */
  static final int LAUNCHES = 3;

  private static final List<String> APP_CORE = List.of("taskset", "-c", "0");
  private static final List<Variant> VARIANTS = List.of(Variant.NONE, Variant.AGAIN, Variant.WARM);

  /** The variants that run only in the first launch, as a comparison. */
  private static final List<Variant> COMPARED =
      List.of(Variant.NONE, Variant.AGAIN, Variant.WARM, Variant.OTEL);

  /** The results of one variant in one turn; latencies and CPU time are in microseconds. */
  record Turn(double answersPerSecond, double p50, double p99, double cpu) {
    static Turn of(String line, double cpuMillis) {
      String[] words = line.split(" ");
      double answersPerSecond = Double.parseDouble(words[1]);
      return new Turn(
          answersPerSecond,
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]),
          cpuMillis * 1000 / (answersPerSecond * SECONDS));
    }
  }

  /** The figures of the table and their titles. */
  static final Map<String, ToDoubleFunction<Turn>> FIGURES = figures();

  private static Map<String, ToDoubleFunction<Turn>> figures() {
    Map<String, ToDoubleFunction<Turn>> figures = new LinkedHashMap<>();
    figures.put("answers a second", Turn::answersPerSecond);
    figures.put("p50 µs", Turn::p50);
    figures.put("p99 µs", Turn::p99);
    figures.put("CPU µs an answer", Turn::cpu);
    return figures;
  }

  private SteadyState() {}

  static Map<Variant, Turns<Turn>> measure(App app, Jdk jdk, Jars jars, Path work)
      throws IOException {
    Map<Variant, Turns<Turn>> loads = new EnumMap<>(Variant.class);
    COMPARED.forEach(variant -> loads.put(variant, new Turns<>()));
    for (int launch = 0; launch < LAUNCHES; launch++) {
      List<Variant> variants = launch == 0 ? COMPARED : VARIANTS;
      List<RunningApp> apps = new ArrayList<>();
      try {
        for (Variant variant : variants) {
          Path directory = variant.directory(work, jdk, app);
          apps.add(RunningApp.start(jdk, app, variant, jars, directory, APP_CORE));
        }
        for (RunningApp running : apps) {
          running.ask("load " + THREADS + " " + WARM_UP_SECONDS);
        }
        for (int turn = 0; turn < TURNS; turn++) {
          for (int i = 0; i < apps.size(); i++) {
            int next = (i + turn) % apps.size();
            measure(jdk, variants.get(next), apps.get(next), loads);
          }
        }
      } finally {
        apps.forEach(RunningApp::close);
      }
    }
    return loads;
  }

  private static void measure(
      Jdk jdk, Variant variant, RunningApp app, Map<Variant, Turns<Turn>> loads)
      throws IOException {
    double before = app.cpuMillis();
    String line = app.ask("load " + THREADS + " " + SECONDS);
    loads.get(variant).add(Turn.of(line, app.cpuMillis() - before));
    System.out.printf("JDK %d, %s: %s%n", jdk.feature(), variant.title(), line);
  }
}
