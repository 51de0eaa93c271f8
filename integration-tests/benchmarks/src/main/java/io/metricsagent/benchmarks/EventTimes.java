package io.metricsagent.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** What the events of woven calls cost, beside the same calls without events. */
final class EventTimes {
  private static final String OFF = "no events";

  /** The settings of each row; the file of runs is new, since this one is never read. */
  private static final Map<String, List<String>> CONSUMERS = new LinkedHashMap<>();

  static {
    List<String> runs =
        List.of(
            "-Dmetrics.agent.runs.enabled=true",
            "-Dmetrics.agent.runs.path="
                + Path.of(System.getProperty("java.io.tmpdir"), "metrics-agent-benchmark.jsonl"));
    CONSUMERS.put(OFF, List.of());
    CONSUMERS.put("runs", runs);
    CONSUMERS.put("runs, and sessions of which 10 % are sampled", withSessions(runs, "0.1"));
    CONSUMERS.put("runs, and sessions that are all sampled", withSessions(runs, "1"));
  }

  private final Path root;
  private final Map<String, Measurement> measured = new LinkedHashMap<>();

  EventTimes(Path root) {
    this.root = root;
  }

  private static List<String> withSessions(List<String> runs, String rate) {
    List<String> all = new ArrayList<>(runs);
    all.add("-Dmetrics.agent.sessions.enabled=true");
    all.add("-Dmetrics.agent.sessions.sample.rate=" + rate);
    return all;
  }

  void run(Supplier<ChainedOptionsBuilder> options) throws RunnerException {
    for (Map.Entry<String, List<String>> consumers : CONSUMERS.entrySet()) {
      ChainedOptionsBuilder with = options.get().jvmArgsAppend(arguments(consumers.getValue()));
      for (RunResult result : new Runner(with.build()).run()) {
        String benchmark = result.getParams().getBenchmark();
        String call = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        measured.put(call + ": " + consumers.getKey(), Measurement.of(result));
      }
    }
  }

  private String[] arguments(List<String> consumers) {
    List<String> arguments = new ArrayList<>(consumers);
    arguments.add("-javaagent:" + root.resolve("agent/target/metrics-agent.jar"));
    arguments.add("-Dmetrics.agent.exporters=none");
    arguments.add(
        "-Dmetrics.agent.tools.include=" + EventsBenchmark.Tool.class.getName() + "[run]");
    arguments.add(
        "-Dmetrics.agent.adapters.include="
            + EventsBenchmark.Client.class.getName()
            + "[complete]");
    return arguments.toArray(new String[0]);
  }

  void write(Report report) {
    report.heading("Woven methods with and without events (ns)");
    report.table("method | wall | processor | B/call");
    measured.forEach(
        (title, figures) ->
            report.row(
                String.join(
                    " | ", title, figures.wallText(), figures.cpuText(), figures.bytesText())));
  }
}
