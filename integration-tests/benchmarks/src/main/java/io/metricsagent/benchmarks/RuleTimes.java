package io.metricsagent.benchmarks;

import java.util.LinkedHashMap;
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
  private Map<String, double[]> more;

  void run(ChainedOptionsBuilder options) throws RunnerException {
    for (RunResult result : new Runner(options.build()).run()) {
      String name = result.getParams().getBenchmark();
      measured.put(name.substring(name.lastIndexOf('.') + 1), Measurement.of(result));
    }
    more = RuleTurns.inSeveralJvms();
  }

  void write(Report report) {
    report.text("");
    report.table("call (ns) | wall | processor | B/call");
    measured.forEach(
        (name, figures) ->
            report.row(
                String.join(
                    " | ", name, figures.wallText(), figures.cpuText(), figures.bytesText())));
    report.text(
        "The two adapters, and the two tools, in turns of some milliseconds within one JVM:"
            + " processor time, the median of the turns in each of "
            + Turns.JVMS
            + " JVMs, and of these the median (lowest–highest).\n");
    report.table("call more by a rule of the user's | aim | reached");
    more.forEach((call, nanos) -> report.row(call + " | ≤ " + AIM + " ns | " + Turns.text(nanos)));
  }
}
