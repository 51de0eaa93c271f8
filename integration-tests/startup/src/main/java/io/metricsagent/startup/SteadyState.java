package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The LangChain4j application under load, on a core of its own, against a stub that answers at
 * once.
 *
 * <p>The variants are alive together and take turns of {@value #SECONDS} s, so that they share what
 * else the machine does, and are launched several times, since compilers are not equally lucky each
 * time.
 */
final class SteadyState {
  private static final int THREADS = 4;
  private static final int SECONDS = 2;
  private static final int TURNS = 3;
  private static final int WARM_UP_SECONDS = 16;
  private static final int LAUNCHES = 6;
  private static final List<String> APP_CORE = List.of("taskset", "-c", "0");
  private static final List<Variant> VARIANTS = List.of(Variant.NONE, Variant.WARM);

  /** In the first launch alone: it is here for comparison. */
  private static final List<Variant> COMPARED = List.of(Variant.NONE, Variant.WARM, Variant.OTEL);

  /** What one variant reached. */
  static final class Load {
    final Figures answersPerSecond = new Figures();
    final Figures p50Micros = new Figures();
    final Figures p99Micros = new Figures();
    final Figures cpuMicros = new Figures();

    private void add(String line, double cpuMillis) {
      String[] words = line.split(" ");
      answersPerSecond.add(Double.parseDouble(words[1]));
      p50Micros.add(Double.parseDouble(words[2]));
      p99Micros.add(Double.parseDouble(words[3]));
      cpuMicros.add(cpuMillis * 1000 / (Double.parseDouble(words[1]) * SECONDS));
    }
  }

  private SteadyState() {}

  static Map<Variant, Load> measure(App app, Jdk jdk, Jars jars, Path work) throws IOException {
    Map<Variant, Load> loads = new EnumMap<>(Variant.class);
    COMPARED.forEach(variant -> loads.put(variant, new Load()));
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

  private static void measure(Jdk jdk, Variant variant, RunningApp app, Map<Variant, Load> loads)
      throws IOException {
    double before = app.cpuMillis();
    String line = app.ask("load " + THREADS + " " + SECONDS);
    loads.get(variant).add(line, app.cpuMillis() - before);
    System.out.printf("JDK %d, %s: %s%n", jdk.feature(), variant.title(), line);
  }
}
