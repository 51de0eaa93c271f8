package io.metricsagent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** What the events of woven calls cost, beside the same calls without events. */
final class EventTimes {
  private static final String OFF = "no events";
  private static final String SAMPLED = "runs, and sessions of which 10 % are sampled";

  /** How many nanoseconds a call may take more with {@link #SAMPLED} than without events. */
  private static final Map<String, Integer> AIMS = new LinkedHashMap<>();

  /** Where the agent writes; nobody reads it. */
  private static final Path DIRECTORY =
      Path.of(System.getProperty("java.io.tmpdir"), "metrics-agent-benchmark");

  private static final Path RUNS = DIRECTORY.resolve("metrics.jsonl");

  /** The settings of each row. */
  private static final Map<String, List<String>> CONSUMERS = new LinkedHashMap<>();

  static {
    AIMS.put("tool", 100);
    AIMS.put("adapter", 300);
    List<String> runs =
        List.of("-Dmetrics.agent.runs.enabled=true", "-Dmetrics.agent.runs.path=" + RUNS);
    CONSUMERS.put(OFF, List.of());
    CONSUMERS.put("runs", runs);
    CONSUMERS.put(SAMPLED, withSessions(runs, "0.1"));
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

  void run(Supplier<ChainedOptionsBuilder> options) throws RunnerException, IOException {
    for (Map.Entry<String, List<String>> consumers : CONSUMERS.entrySet()) {
      ChainedOptionsBuilder with = options.get().jvmArgsAppend(arguments(consumers.getValue()));
      for (RunResult result : new Runner(with.build()).run()) {
        String benchmark = result.getParams().getBenchmark();
        String call = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        measured.put(title(call, consumers.getKey()), Measurement.of(result));
      }
    }
    Files.deleteIfExists(RUNS);
  }

  private static String title(String call, String consumers) {
    return call + ": " + consumers;
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
    arguments.add(
        "-Dmetrics.agent.runs.include="
            + EventsBenchmark.Job.class.getName()
            + "[callTools,askModels]");
    arguments.add("-Dmetrics.agent.dir=" + DIRECTORY);
    return arguments.toArray(new String[0]);
  }

  void write(Report report) {
    report.text(
        "Calls of a tool and of an adapter that do next to nothing, "
            + EventsBenchmark.CALLS
            + " in each run, with a pause between runs. *Wall* is the time that the application"
            + " needs for a call; *processor* and *B/call* include what the agent's own thread does"
            + " with the events.\n");
    report.table("call more with 10 % of the sessions than without events | aim | reached (wall)");
    AIMS.forEach(
        (call, aim) ->
            report.row(
                String.format(
                    Locale.ROOT,
                    "%s | ≤ %d ns | %.1f ns",
                    call,
                    aim,
                    measured.get(title(call, SAMPLED)).medianWall()
                        - measured.get(title(call, OFF)).medianWall())));
    report.text("");
    report.table("call (ns) | wall | processor | B/call");
    measured.forEach(
        (title, figures) ->
            report.row(
                String.join(
                    " | ", title, figures.wallText(), figures.cpuText(), figures.bytesText())));
  }
}
