package io.metricsagent.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * What a call costs that a rule of the user's describes, beside one of a built-in rule that reads
 * the same values.
 */
final class RuleTimes {
  /** How many nanoseconds a call may take more by a rule of the user's. */
  private static final int AIM = 10;

  private final Map<String, Measurement> measured = new LinkedHashMap<>();

  void run(ChainedOptionsBuilder options) throws RunnerException {
    for (RunResult result : new Runner(options.build()).run()) {
      String name = result.getParams().getBenchmark();
      measured.put(name.substring(name.lastIndexOf('.') + 1), Measurement.of(result));
    }
  }

  void write(Report report) {
    report.table("call (ns) | wall | processor | B/call");
    measured.forEach(
        (name, figures) ->
            report.row(
                String.join(
                    " | ", name, figures.wallText(), figures.cpuText(), figures.bytesText())));
    report.text("");
    report.table("call more by a rule of the user's | aim | reached (processor)");
    for (String call : new String[] {"Adapter", "Tool"}) {
      report.row(
          String.format(
              Locale.ROOT,
              "%s | ≤ %d ns | %.1f ns",
              call,
              AIM,
              measured.get("user" + call).medianCpu()
                  - measured.get("builtIn" + call).medianCpu()));
    }
  }
}
