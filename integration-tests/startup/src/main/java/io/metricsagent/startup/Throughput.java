package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast an application consumes messages with and without the agent, on a core of its own.
 *
 * <p>All variants run at the same time and take turns: the others wait while one consumes. Each
 * turn is compared with the neighbouring turn without an agent; the second variant without an agent
 * is the control. Two JVMs that are started the same way differ for as long as they live, by up to
 * a tenth, so all are started anew several times, each time in another order.
 */
final class Throughput {
  /**
   * The JVMs compile until the eighth turn, with an agent and without one, and share their core
   * with their compilers.
   */
  static final int WARM_UP_TURNS = 9;

  private static final List<String> APP_CORE = List.of("taskset", "-c", "0");
  static final List<Variant> VARIANTS = List.of(Variant.NONE, Variant.AGAIN, Variant.WARM);

  /** One turn of a variant; CPU time of the whole process in microseconds a message. */
  record Turn(double messagesPerSecond, double cpu) {}

  private final Jars jars;
  private final Path work;

  Throughput(Jars jars, Path work) {
    this.jars = jars;
    this.work = work;
  }

  /** Measures one broker's client on one JDK. */
  Map<Variant, Turns<Turn>> measure(QueueUnderTest queue, Jdk jdk) throws IOException {
    if (queue.filledOnce()) {
      fill(queue, jdk);
    }
    Map<Variant, Turns<Turn>> all = new EnumMap<>(Variant.class);
    VARIANTS.forEach(variant -> all.put(variant, new Turns<>()));
    for (int launch = 0; launch < queue.launches(); launch++) {
      List<Variant> order = new ArrayList<>(VARIANTS);
      Collections.rotate(order, launch);
      launch(queue, jdk, order, all);
    }
    return all;
  }

  /** Fills a queue by a JVM of its own, because one that has filled a queue consumes slower. */
  private void fill(QueueUnderTest queue, Jdk jdk) throws IOException {
    Path directory = Variant.NONE.emptyDirectory(work, jdk, queue.app());
    try (RunningApp app =
        RunningApp.start(jdk, queue.app(), Variant.NONE, jars, directory, APP_CORE)) {
      app.ask("fill " + queue.messages());
    }
  }

  private void launch(
      QueueUnderTest queue, Jdk jdk, List<Variant> order, Map<Variant, Turns<Turn>> all)
      throws IOException {
    List<RunningApp> apps = new ArrayList<>();
    try {
      for (Variant variant : order) {
        Path directory = variant.emptyDirectory(work, jdk, queue.app());
        apps.add(RunningApp.start(jdk, queue.app(), variant, jars, directory, APP_CORE));
      }
      for (int turn = -WARM_UP_TURNS; turn < queue.turns(); turn++) {
        for (int i = 0; i < apps.size(); i++) {
          int next = (i + turn + WARM_UP_TURNS) % apps.size();
          Turn measured = turn(queue, apps.get(next));
          if (turn >= 0) {
            all.get(order.get(next)).add(measured);
          }
          System.out.printf(
              Locale.ROOT,
              "%s, JDK %d, %s: %.0f messages a second, %.2f µs CPU a message%n",
              queue.title(),
              jdk.feature(),
              order.get(next).title(),
              measured.messagesPerSecond(),
              measured.cpu());
        }
      }
    } finally {
      apps.forEach(RunningApp::close);
    }
  }

  private static Turn turn(QueueUnderTest queue, RunningApp app) throws IOException {
    double seconds = 0;
    double cpu = 0;
    for (int i = 0; i < queue.drains(); i++) {
      if (!queue.filledOnce()) {
        app.ask("fill " + queue.messages());
      }
      double before = app.cpuMillis();
      String line = app.ask("drain " + queue.messages());
      cpu += app.cpuMillis() - before;
      seconds += queue.messages() / Double.parseDouble(line.split(" ")[1]);
    }
    double messages = (double) queue.messages() * queue.drains();
    return new Turn(messages / seconds, cpu * 1000 / messages);
  }
}
