package io.metricsagent.startup;

import java.util.List;

/**
 * What the JIT compilers of a JVM have done since its start. Immutable.
 *
 * @param compilations the number of compilations
 * @param millis how long all compilations took, in milliseconds, each with the time that it waited
 *     for a processor
 * @param codeKilobytes the size of the machine code that they made
 * @param deoptimisations how often code was left for the interpreter because an assumption did not
 *     hold; -1 where the JVM does not log it, which is before 18
 */
record CompilerWork(
    double compilations, double millis, double codeKilobytes, double deoptimisations) {
  /**
   * Parses what {@code jcmd <pid> PerfCounter.print} prints.
   *
   * @param deoptimisations see the class
   * @throws IllegalArgumentException if a counter is missing
   */
  static CompilerWork parse(List<String> counters, double deoptimisations) {
    double ticksPerMilli = counter(counters, "sun.os.hrt.frequency") / 1000;
    return new CompilerWork(
        counter(counters, "sun.ci.totalCompiles"),
        counter(counters, "java.ci.totalTime") / ticksPerMilli,
        counter(counters, "sun.ci.nmethodCodeSize") / 1024,
        deoptimisations);
  }

  private static double counter(List<String> counters, String name) {
    for (String line : counters) {
      if (line.startsWith(name + "=")) {
        return Double.parseDouble(line.substring(name.length() + 1));
      }
    }
    throw new IllegalArgumentException("PerfCounter.print shows no " + name);
  }
}
