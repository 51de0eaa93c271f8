package io.metricsagent.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks, each in JVMs of its own, and writes their tables. */
final class Times {
  private static final int OVERSUBSCRIBED = 8;
  private static final int VERY_OVERSUBSCRIBED = 32;

  private static final Map<String, String> INSTRUMENTS = new LinkedHashMap<>();
  private static final Map<String, String> CALLS = new LinkedHashMap<>();

  static {
    INSTRUMENTS.put("agent", "**metrics-agent**");
    INSTRUMENTS.put("openTelemetryExplicit", "OpenTelemetry SDK, explicit buckets");
    INSTRUMENTS.put("openTelemetryExponential", "OpenTelemetry SDK, exponential");
    INSTRUMENTS.put("micrometer", "Micrometer `Timer`, percentile histogram");
    INSTRUMENTS.put("prometheusClassic", "Prometheus client_java, classic");
    INSTRUMENTS.put("prometheusNative", "Prometheus client_java, native");
    INSTRUMENTS.put("hdrRecorder", "HdrHistogram `Recorder(2)`");
    CALLS.put("twoClockReads", "two `System.nanoTime()`, nothing else");
    CALLS.put("timedToolCall", "tool call: two clock reads, look-up, latency, outcome");
    CALLS.put("toolCall", "the same without the clock");
    CALLS.put("failedToolCall", "the same, failed with an error type");
    CALLS.put("adapterCall", "adapter call: look-up, five phases, three kinds of tokens, outcome");
    CALLS.put("messageOfBatch", "one message of a batch of 500: delivery count and age");
  }

  private final boolean quick;
  private final Path root;
  private final Map<String, Measurement> measured = new LinkedHashMap<>();
  private final Woven woven;

  Times(boolean quick, Path root) {
    this.quick = quick;
    woven = new Woven(root);
    this.root = root;
  }

  void run() throws RunnerException {
    for (int threads : new int[] {1, 2}) {
      run(LatencyBenchmark.class.getSimpleName() + "\\.", threads);
    }
    run(LatencyBenchmark.class.getSimpleName() + (quick ? "\\.agent" : "\\."), OVERSUBSCRIBED);
    run(LatencyBenchmark.class.getSimpleName() + "\\.agent", VERY_OVERSUBSCRIBED);
    for (int threads : new int[] {1, 2}) {
      run(CallBenchmark.class.getSimpleName() + "\\.", threads);
    }
    woven.run(() -> options(Woven.BENCHMARKS, 1));
  }

  /** Measures what events cost, and nothing else. */
  EventTimes runEvents() throws RunnerException, IOException {
    // Of the runs of an iteration, 10 % are sampled, which must be some.
    TimeValue time = TimeValue.seconds(quick ? 1 : 2);
    EventTimes events = new EventTimes(root);
    events.run(
        () ->
            options(EventsBenchmark.class.getSimpleName() + "\\.", 1)
                .warmupTime(time)
                .measurementTime(time));
    return events;
  }

  /** Measures what rules of users cost beside built-in ones, and nothing else. */
  RuleTimes runRules() throws RunnerException {
    RuleTimes rules = new RuleTimes();
    // The JIT compiler inlines the same calls differently from one JVM to the next.
    rules.run(options(RuleBenchmark.class.getSimpleName() + "\\.", 1).forks(quick ? 1 : 6));
    return rules;
  }

  private void run(String benchmarks, int threads) throws RunnerException {
    for (RunResult result : new Runner(options(benchmarks, threads).build()).run()) {
      String name = result.getParams().getBenchmark();
      measured.put(
          name.substring(name.lastIndexOf('.') + 1) + "@" + threads, Measurement.of(result));
    }
  }

  private ChainedOptionsBuilder options(String benchmarks, int threads) {
    return new OptionsBuilder()
        .include(benchmarks)
        .threads(threads)
        .forks(quick ? 1 : 2)
        .warmupIterations(quick ? 1 : 2)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 3 : 5)
        .measurementTime(TimeValue.milliseconds(quick ? 300 : 400))
        .jvmArgsAppend("-Xms512m", "-Xmx512m")
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTimeProfiler.class)
        .verbosity(VerboseMode.SILENT);
  }

  Measurement instrument(String name, int threads) {
    return measured.get(name + "@" + threads);
  }

  /** Returns the measurements of woven methods. */
  Woven woven() {
    return woven;
  }

  /** Returns the smallest processor time of all libraries but the agent. */
  double fastestPeer(int threads) {
    return INSTRUMENTS.keySet().stream()
        .filter(name -> !name.equals("agent"))
        .mapToDouble(name -> instrument(name, threads).medianCpu())
        .min()
        .orElseThrow();
  }

  void write(Report report) {
    report.heading("One latency into an instrument at hand (ns)");
    report.table(
        "instrument | wall, 1 thread | processor, 1 thread | wall, 2 threads | processor, 2 threads"
            + " | B/call");
    rows(report, INSTRUMENTS);
    report.heading("Whole recordings, with the look-up of the series by name (ns)");
    report.table(
        "recording | wall, 1 thread | processor, 1 thread | wall, 2 threads | processor, 2 threads"
            + " | B/call");
    rows(report, CALLS);
    report.heading("More threads than processors, all on one instrument");
    report.table(
        "instrument | processor ns a call: 1 thread | 2 threads | "
            + OVERSUBSCRIBED
            + " threads | million calls/s: 1 thread | 2 threads | "
            + OVERSUBSCRIBED
            + " threads");
    INSTRUMENTS.forEach(
        (name, title) -> {
          if (instrument(name, OVERSUBSCRIBED) == null) {
            return;
          }
          StringBuilder row = new StringBuilder(title);
          for (int threads : new int[] {1, 2, OVERSUBSCRIBED}) {
            row.append(" | ").append(Measurement.nanos(instrument(name, threads).medianCpu()));
          }
          for (int threads : new int[] {1, 2, OVERSUBSCRIBED}) {
            row.append(" | ").append(throughput(name, threads));
          }
          report.row(row.toString());
        });
    report.text(
        "metrics-agent with "
            + VERY_OVERSUBSCRIBED
            + " threads: "
            + Measurement.nanos(instrument("agent", VERY_OVERSUBSCRIBED).medianCpu())
            + " ns, "
            + throughput("agent", VERY_OVERSUBSCRIBED)
            + " million calls/s.");
    woven.write(report);
  }

  private void rows(Report report, Map<String, String> titles) {
    titles.forEach(
        (name, title) -> {
          Measurement one = instrument(name, 1);
          Measurement two = instrument(name, 2);
          report.row(
              String.join(
                  " | ",
                  title,
                  one.wallText(),
                  one.cpuText(),
                  two.wallText(),
                  two.cpuText(),
                  one.bytesText()));
        });
  }

  private String throughput(String name, int threads) {
    return String.format(Locale.ROOT, "%.1f", instrument(name, threads).medianRate());
  }
}
