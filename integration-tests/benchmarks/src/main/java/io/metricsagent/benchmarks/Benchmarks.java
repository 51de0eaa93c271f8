package io.metricsagent.benchmarks;

import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks and writes the tables. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param args {@code full} (10 minutes), {@code quick} (2), {@code events} (4) for what events
   *     cost and nothing else, or {@code rules} (3) for what rules of users cost; the project's
   *     folder, the file to write
   */
  public static void main(String[] args) throws IOException, RunnerException {
    boolean quick = args[0].equals("quick");
    Path root = Path.of(args[1]);
    Path file = Path.of(args[2]);
    if (args[0].equals("rules")) {
      Report rules = new Report("rules");
      rules.text(conditions(false));
      new Times(false, root).runRules().write(rules);
      write(rules, file);
      return;
    }
    if (!args[0].equals("events")) {
      everything(quick, root, file);
    }
    Report events = new Report("events");
    events.text(conditions(quick));
    new Times(quick, root).runEvents().write(events);
    write(events, file);
  }

  private static void write(Report report, Path file) throws IOException {
    report.writeTo(file);
    System.out.println(report);
    System.out.println("Written to " + file);
  }

  private static void everything(boolean quick, Path root, Path file)
      throws IOException, RunnerException {
    Accuracy accuracy = new Accuracy();
    accuracy.run();
    Memory memory = new Memory();
    memory.run();
    Times times = new Times(quick, root);
    times.run();

    Report report = new Report("benchmarks");
    report.text(
        conditions(quick) + " Both include 2 ns for fetching the latency that is recorded.");
    targets(report, times, memory, accuracy);
    times.write(report);
    memory.write(report);
    accuracy.write(report);
    write(report, file);
  }

  private static String conditions(boolean quick) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d processors (%s), %s, %s %s%s. JMH %s, OpenTelemetry SDK %s, Micrometer %s,"
            + " Prometheus client_java %s, HdrHistogram %s.%n%n"
            + "Times are median (lowest–highest) of the iterations. *Wall* is what JMH measures and"
            + " contains the time in which other processes had the processor; *processor* is the"
            + " processor time of the JVM for each call, which is the figure to compare on a shared"
            + " machine.",
        LocalDate.now(ZoneOffset.UTC),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        System.getProperty("os.name"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        quick ? ", quick run" : "",
        jarVersion(org.openjdk.jmh.Main.class),
        jarVersion(SdkMeterProvider.class),
        jarVersion(Timer.class),
        jarVersion(Histogram.class),
        jarVersion(Recorder.class));
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return "processor unknown";
    }
    try (Stream<String> lines = Files.lines(info)) {
      Optional<String> model = lines.filter(line -> line.startsWith("model name")).findFirst();
      return model.map(line -> line.substring(line.indexOf(':') + 2)).orElse("processor unknown");
    }
  }

  /** Returns the version in the name of a class's jar: {@code name-1.2.3.jar}. */
  private static String jarVersion(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceAll(".*-([0-9][^/]*)\\.jar$", "$1");
  }

  private static void targets(Report report, Times times, Memory memory, Accuracy accuracy) {
    report.heading("What was aimed at");
    report.table("figure | aim | reached (processor time; of woven calls, time in turns)");
    for (int threads = 1; threads <= 2; threads++) {
      report.row(
          String.format(
              Locale.ROOT,
              "one latency, %d thread%s | ≤ %d ns, ahead of every other library | %.1f ns; the"
                  + " fastest other: %.1f ns",
              threads,
              threads == 1 ? "" : "s on one instrument",
              threads == 1 ? 12 : 20,
              times.instrument("agent", threads).medianCpu(),
              times.fastestPeer(threads)));
    }
    double clock = times.instrument("twoClockReads", 1).medianCpu();
    report.row(
        String.format(
            Locale.ROOT,
            "tool call beyond its two clock reads | ≤ 30 ns | %.1f ns",
            times.instrument("timedToolCall", 1).medianCpu() - clock));
    report.row(
        String.format(
            Locale.ROOT,
            "adapter call, five phases and tokens | ≤ 80 ns | %.1f ns",
            times.instrument("adapterCall", 1).medianCpu()));
    report.row(
        String.format(
            Locale.ROOT,
            "woven tool beyond its two clock reads | ≤ 40 ns | %.1f ns",
            times.woven().beyondItsClockReads("tool")));
    report.row(
        String.format(
            Locale.ROOT,
            "woven adapter, its two clock reads included | ≤ 150 ns | %.1f ns",
            times.woven().withItsClockReads("adapter")));
    report.row(
        String.format(
            Locale.ROOT,
            "message of a batch | ≤ 15 ns | %.1f ns",
            times.instrument("messageOfBatch", 1).medianCpu()));
    report.row(
        String.format(
            Locale.ROOT,
            "allocated by each of them | 0 B | %s, %s, %s, %s B",
            times.instrument("agent", 1).bytesText(),
            times.instrument("timedToolCall", 1).bytesText(),
            times.instrument("adapterCall", 1).bytesText(),
            times.instrument("messageOfBatch", 1).bytesText()));
    report.row(memory("registry at rest", 5_000, memory.atRest()));
    report.row(memory("registry around 20 ms", 25_000, memory.narrow()));
    report.row(memory("registry over six decades", 40_000, memory.wide()));
    report.row(
        String.format(
            Locale.ROOT,
            "p50, p90, p99, p99.9, wide and narrow | within 1 %% | within %.2f %%",
            accuracy.worst()));
  }

  private static String memory(String figure, long aim, long reached) {
    return String.format(Locale.ROOT, "%s | ≤ %,d B | %,d B", figure, aim, reached);
  }
}
