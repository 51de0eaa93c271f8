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
 * else the machine does. More launches would even out that compilers are not equally lucky each
 * time.
 */
final class SteadyState {
  private static final int THREADS = 4;
  private static final int SECONDS = 2;
  private static final int TURNS = 6;
  private static final int WARM_UP_TURNS = 2;
  private static final int LAUNCHES = 1;
  private static final List<String> APP_CORE = List.of("taskset", "-c", "0");
  private static final List<Variant> VARIANTS = List.of(Variant.NONE, Variant.WARM, Variant.OTEL);

  /** What one variant reached. */
  static final class Load {
    final Figures answersPerSecond = new Figures();
    final Figures p50Micros = new Figures();
    final Figures p99Micros = new Figures();

    private void add(String line) {
      String[] words = line.split(" ");
      answersPerSecond.add(Double.parseDouble(words[1]));
      p50Micros.add(Double.parseDouble(words[2]));
      p99Micros.add(Double.parseDouble(words[3]));
    }
  }

  private SteadyState() {}

  static Map<Variant, Load> measure(App app, Jdk jdk, Jars jars, Path work) throws IOException {
    Map<Variant, Load> loads = new EnumMap<>(Variant.class);
    VARIANTS.forEach(variant -> loads.put(variant, new Load()));
    for (int launch = 0; launch < LAUNCHES; launch++) {
      List<RunningApp> apps = new ArrayList<>();
      try {
        for (Variant variant : VARIANTS) {
          Path directory = variant.directory(work, jdk, app);
          apps.add(RunningApp.start(jdk, app, variant, jars, directory, APP_CORE));
        }
        for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
          for (int i = 0; i < apps.size(); i++) {
            String line = apps.get(i).ask("load " + THREADS + " " + SECONDS);
            if (turn >= 0) {
              loads.get(VARIANTS.get(i)).add(line);
              System.out.printf("JDK %d, %s: %s%n", jdk.feature(), VARIANTS.get(i).title(), line);
            }
          }
        }
      } finally {
        apps.forEach(RunningApp::close);
      }
    }
    return loads;
  }
}
