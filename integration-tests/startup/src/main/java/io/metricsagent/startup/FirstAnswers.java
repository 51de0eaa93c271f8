package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * The first answers of applications in many starts without an archive of classes.
 *
 * <p>Single starts differ by 20 % with nothing changed, so each round starts every variant once, in
 * an order by chance, and each start is compared with that without an agent of the same round. The
 * second variant without an agent is the control.
 */
final class FirstAnswers {
  private static final List<Variant> VARIANTS =
      List.of(Variant.NONE, Variant.AGAIN, Variant.EMPTY, Variant.WARM);

  private static final Map<String, ToDoubleFunction<Sample>> FIGURES = figures();

  private static Map<String, ToDoubleFunction<Sample>> figures() {
    Map<String, ToDoubleFunction<Sample>> figures = new LinkedHashMap<>();
    figures.put("first answer ms", Sample::answerMillis);
    figures.put("CPU ms", Sample::cpuMillis);
    return figures;
  }

  private FirstAnswers() {}

  /** Measures applications on each JDK, and writes the table between its marks after each step. */
  static void measure(List<App> apps, List<Jdk> jdks, Jars jars, Path work, int rounds, Path page)
      throws IOException {
    StringBuilder text =
        new StringBuilder("\nWritten by `mvn -q -Pstartup -DskipTests -Dstartup.mode=first")
            .append(" -Dstartup.rounds=")
            .append(rounds)
            .append(" package`. Medians (least–greatest) of ")
            .append(rounds)
            .append(" starts in turns; a factor is the median of the starts, each compared with")
            .append(" that without an agent of the same round, and what half of them are within.")
            .append("\n\n| application | JDK | with |");
    FIGURES.keySet().forEach(title -> text.append(' ').append(title).append(" |"));
    text.append("\n|---|---|---|").append("---|".repeat(FIGURES.size())).append('\n');
    for (App app : apps) {
      for (Jdk jdk : jdks) {
        text.append(rows(app.name(), jdk.version(), starts(app, jdk, jars, work, rounds)));
        Marks.replace(page, "first", text + "\n");
      }
    }
    System.out.println(text);
  }

  private static Map<Variant, Turns<Sample>> starts(
      App app, Jdk jdk, Jars jars, Path work, int rounds) throws IOException {
    Map<Variant, Turns<Sample>> all = new EnumMap<>(Variant.class);
    List<Variant> order = new ArrayList<>(VARIANTS);
    for (Variant variant : order) {
      all.put(variant, new Turns<>());
      start(app, jdk, variant, jars, work); // does not count, but fills the page cache
    }
    Random chance = new Random(rounds);
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, chance);
      for (Variant variant : order) {
        all.get(variant).add(start(app, jdk, variant, jars, work));
      }
    }
    return all;
  }

  private static Sample start(App app, Jdk jdk, Variant variant, Jars jars, Path work)
      throws IOException {
    Path directory = variant.directory(work, jdk, app);
    try (RunningApp running = RunningApp.start(jdk, app, variant, jars, directory, List.of())) {
      return running.sample(false);
    }
  }

  static String rows(String app, String version, Map<Variant, Turns<Sample>> all) {
    StringBuilder rows = new StringBuilder();
    Turns<Sample> none = all.get(Variant.NONE);
    all.forEach(
        (variant, starts) -> {
          rows.append("| ").append(app).append(" | ").append(version);
          rows.append(" | ").append(variant.title());
          FIGURES.forEach(
              (title, figure) -> {
                rows.append(" | ").append(starts.figures(figure).text());
                if (starts != none) {
                  rows.append(", ").append(starts.factors(figure, none).factor());
                }
              });
          rows.append(" |\n");
        });
    return rows.toString();
  }
}
