package io.metricsagent.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the tables between two marks of a file, again after each step, so that an interrupted run
 * leaves its results so far.
 */
final class Report {
  private final Path file;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder loads = new StringBuilder();

  Report(Path file, Jars jars, int rounds, int springRounds, int otelRounds) throws IOException {
    this.file = file;
    text.append("\nWritten by `mvn -q -Pstartup -DskipTests package`. Medians (least–greatest) of ")
        .append(rounds)
        .append(" interleaved starts (Spring ")
        .append(Math.min(rounds, springRounds))
        .append(", OpenTelemetry agent ")
        .append(otelRounds)
        .append("); compare within this run only.\n\n")
        .append("* ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores: ")
        .append(cpu())
        .append(", Linux ")
        .append(System.getProperty("os.version"))
        .append("\n* metrics-agent.jar: ")
        .append(String.format(Locale.ROOT, "%.2f MB", Files.size(jars.agent()) / 1e6))
        .append("; OpenTelemetry Java agent ")
        .append(jars.otelVersion())
        .append(String.format(Locale.ROOT, ": %.1f MB", Files.size(jars.otel()) / 1e6))
        .append(", exporting nothing\n")
        .append("* `-Xmx512m`. Milliseconds from the start of the process; CPU and peak RSS up to ")
        .append("the first answer. Ratios and differences are those of the medians.\n")
        .append(
            "* The last three columns are of a start of its own; the last one says how many of all"
                + " ")
        .append("classes come from the archive of the JDK or of the application. AppCDS is ")
        .append("written without an agent, an AOT cache with the agent of the row, except that of ")
        .append("OpenTelemetry, with which the JVM crashes while it writes the cache.\n\n")
        .append("| application | JDK | with | ready ms | first answer ms | CPU ms | peak RSS MB ")
        .append("| classes | threads | from an archive |\n")
        .append("|---|---|---|---|---|---|---|---|---|---|\n");
    loads
        .append(
            "\nThe LangChain4j application on one core, 4 threads, stub latency 0, in turns of ")
        .append("1 s, ")
        .append(SteadyState.LAUNCHES)
        .append(
            " launches (OpenTelemetry agent 1). A factor is the median of the turns, each compared"
                + " with that ")
        .append("without an agent beside it, and what half of them are within.\n\n| JDK | with |");
    SteadyState.FIGURES.keySet().forEach(title -> loads.append(' ').append(title).append(" |"));
    loads.append("\n|---|---|").append("---|".repeat(SteadyState.FIGURES.size())).append('\n');
  }

  void start(App app, Jdk jdk, Map<Variant, Starts> starts) throws IOException {
    Starts none = starts.get(Variant.NONE);
    for (Variant variant : Variant.on(jdk)) {
      Starts s = starts.get(variant);
      boolean base = variant == Variant.NONE;
      text.append("| ").append(app.name()).append(" | ").append(jdk.version()).append(" | ");
      text.append(variant.title()).append(" | ");
      if (s == null) {
        text.append("does not start | | | | | | |\n");
        continue;
      }
      text.append(base ? s.ready.text() : both(s.ready, none.ready)).append(" | ");
      text.append(base ? s.answer.text() : both(s.answer, none.answer)).append(" | ");
      text.append(base ? s.cpu.text() : both(s.cpu, none.cpu)).append(" | ");
      text.append(base ? s.peak.text() : difference(s.peak, none.peak)).append(" | ");
      text.append(base ? plain(s.classes) : difference(s.classes, none.classes)).append(" | ");
      text.append(base ? plain(s.threads) : difference(s.threads, none.threads)).append(" | ");
      text.append(s.log == null ? "–" : s.log.text()).append(" |\n");
    }
    Marks.replace(file, "startup", text + "\n" + loadAverage());
  }

  void load(Jdk jdk, Map<Variant, Turns<SteadyState.Turn>> all) throws IOException {
    Turns<SteadyState.Turn> none = all.get(Variant.NONE);
    all.forEach(
        (variant, load) -> {
          loads.append("| ").append(jdk.version()).append(" | ").append(variant.title());
          SteadyState.FIGURES.forEach(
              (title, figure) -> {
                loads.append(" | ").append(load.figures(figure).text());
                if (load != none) {
                  loads.append(", ").append(load.factors(figure, none).factor());
                }
              });
          loads.append(" |\n");
        });
    Marks.replace(file, "load", loads + "\n" + loadAverage());
  }

  @Override
  public String toString() {
    return text.toString() + loads;
  }

  private static String loadAverage() {
    return String.format(
        Locale.ROOT,
        "Load average at the end: %.1f.\n\n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String plain(Figures figures) {
    return figures.isEmpty() ? "–" : String.format(Locale.ROOT, "%.0f", figures.median());
  }

  private static String both(Figures figures, Figures none) {
    return figures.text()
        + ratio(figures, none)
        + String.format(Locale.ROOT, ", %+.0f", figures.median() - none.median());
  }

  private static String difference(Figures figures, Figures none) {
    return plain(figures) + String.format(Locale.ROOT, ", %+.0f", figures.median() - none.median());
  }

  private static String ratio(Figures figures, Figures none) {
    return String.format(Locale.ROOT, ", %.2f×", figures.median() / none.median());
  }

  private static String cpu() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        return line.substring(line.indexOf(':') + 2);
      }
    }
    return System.getProperty("os.arch");
  }
}
