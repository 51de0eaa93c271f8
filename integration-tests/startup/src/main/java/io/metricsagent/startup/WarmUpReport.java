package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the table of the warm-up between its marks, again after each JDK. */
final class WarmUpReport {
  private static final double FIXED_WORK = 10_000;

  /** The figures of the table and their titles. */
  private static final Map<String, ToDoubleFunction<WarmUpRun>> FIGURES = figures();

  private static Map<String, ToDoubleFunction<WarmUpRun>> figures() {
    Map<String, ToDoubleFunction<WarmUpRun>> figures = new LinkedHashMap<>();
    figures.put("CPU ms for 10,000 answers", run -> run.cpuMillisFor(FIXED_WORK));
    figures.put("answers", WarmUpRun::answers);
    figures.put("answers a CPU s", run -> run.answers() * 1000 / run.cpuMillis());
    figures.put("s until 95 %", WarmUpRun::turnsUntilWarm);
    figures.put("CPU ms until 95 %", WarmUpRun::cpuMillisUntilWarm);
    figures.put("steady answers a CPU s", WarmUpRun::steadyRate);
    figures.put("compilations", run -> run.compilers().compilations());
    figures.put("compilers' ms", run -> run.compilers().millis());
    figures.put("code KB", run -> run.compilers().codeKilobytes());
    figures.put("deoptimisations", run -> run.compilers().deoptimisations());
    return figures;
  }

  private static final String ONE_LAUNCH =
      "One launch of each; a factor compares it with that without an agent.";
  private static final String LAUNCHES =
      " launches in turns; a factor is the median of the launches, each compared with that without"
          + " an agent of the same round, and what half of them are within.";

  private final Path file;
  private final StringBuilder text = new StringBuilder();

  WarmUpReport(Path file, int launches, int turns) {
    this.file = file;
    text.append("\nWritten by `java -Dstartup.warmup.launches=")
        .append(launches)
        .append(" -Dstartup.warmup.seconds=")
        .append(turns)
        .append(" … io.metricsagent.startup.StartupBenchmark … warmup` on ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(": the LangChain4j application on one core, 4 threads, stub latency 0, in the")
        .append(" first ")
        .append(turns)
        .append(" s after its first answer. ")
        .append(launches == 1 ? ONE_LAUNCH : "Medians (least–greatest) of " + launches + LAUNCHES)
        .append("\n\n| JDK | with |");
    FIGURES.keySet().forEach(title -> text.append(' ').append(title).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(FIGURES.size())).append('\n');
  }

  void add(Jdk jdk, Map<Variant, List<WarmUpRun>> all) throws IOException {
    text.append(rows(jdk.version(), all));
    Marks.replace(file, "warm-up", text + "\n");
  }

  static String rows(String version, Map<Variant, List<WarmUpRun>> all) {
    StringBuilder rows = new StringBuilder();
    List<WarmUpRun> none = all.get(Variant.NONE);
    all.forEach(
        (variant, runs) -> {
          rows.append("| ").append(version).append(" | ").append(variant.title());
          FIGURES.forEach(
              (title, figure) -> {
                rows.append(" | ").append(cell(runs, none, figure));
              });
          rows.append(" |\n");
        });
    return rows.toString();
  }

  private static String cell(
      List<WarmUpRun> runs, List<WarmUpRun> none, ToDoubleFunction<WarmUpRun> figure) {
    Figures values = new Figures();
    runs.forEach(run -> values.add(figure.applyAsDouble(run)));
    Figures factors = new Figures();
    for (int i = 0; runs != none && i < runs.size(); i++) {
      double base = figure.applyAsDouble(none.get(i));
      if (base > 0) {
        factors.add(figure.applyAsDouble(runs.get(i)) / base);
      }
    }
    return factors.isEmpty() ? values.text() : values.text() + ", " + factors.factor();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s%n", text);
  }
}
