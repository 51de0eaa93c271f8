package io.metricsagent.startup;

import java.util.List;

/**
 * One launch of an application under load, from its first answer on, in turns of equal length.
 *
 * <p>The rate is the answers for each second of CPU time, not for each second, because other
 * processes take part of the latter. Immutable.
 *
 * @param startCpuMillis CPU time that the JVM had used at its first answer
 * @param compilers what the JIT compilers had done at the end
 */
record WarmUpRun(double startCpuMillis, List<Turn> turns, CompilerWork compilers) {
  /** The share of the steady rate at which the warm-up is over. */
  private static final double WARM = 0.95;

  /** One turn: the answers, and the CPU time that the JVM used, its compilers included. */
  record Turn(double answers, double cpuMillis) {
    /**
     * Parses what the application prints after a turn.
     *
     * @param line {@code load <answers a second> <p50> <p99>}
     */
    static Turn of(String line, double seconds, double cpuMillis) {
      return new Turn(Double.parseDouble(line.split(" ")[1]) * seconds, cpuMillis);
    }
  }

  WarmUpRun {
    turns = List.copyOf(turns);
  }

  /** Returns the answers of all turns: the work done. */
  double answers() {
    return turns.stream().mapToDouble(Turn::answers).sum();
  }

  /**
   * Returns the CPU time that a number of answers took, with that of the start; -1 if there were
   * fewer. Unlike the answers within a time, this figure does not grow with the speed that the
   * application has reached at the end.
   */
  double cpuMillisFor(double wanted) {
    double done = 0;
    double cpu = startCpuMillis;
    for (Turn turn : turns) {
      if (done + turn.answers() >= wanted) {
        return cpu + turn.cpuMillis() * (wanted - done) / turn.answers();
      }
      done += turn.answers();
      cpu += turn.cpuMillis();
    }
    return -1;
  }

  /** Returns the CPU time of the start and of all turns. */
  double cpuMillis() {
    return startCpuMillis + turns.stream().mapToDouble(Turn::cpuMillis).sum();
  }

  /** Returns the answers for each second of CPU time in the last third of the turns. */
  double steadyRate() {
    return rate(turns.size() - Math.max(1, turns.size() / 3), turns.size());
  }

  private double rate(int from, int to) {
    List<Turn> some = turns.subList(from, to);
    double cpu = some.stream().mapToDouble(Turn::cpuMillis).sum();
    return some.stream().mapToDouble(Turn::answers).sum() * 1000 / cpu;
  }

  /**
   * Returns how many turns were over before the steady rate was reached: those before the first two
   * turns in a row that give {@link #WARM} of it together. Two turns, so that one that happens to
   * be fast ends nothing.
   */
  int turnsUntilWarm() {
    for (int i = 0; i + 2 <= turns.size(); i++) {
      if (rate(i, i + 2) >= WARM * steadyRate()) {
        return i;
      }
    }
    return turns.size();
  }

  /** Returns the answers that were given before the steady rate was reached. */
  double answersUntilWarm() {
    return turns.stream().limit(turnsUntilWarm()).mapToDouble(Turn::answers).sum();
  }

  /** Returns the CPU time that the JVM had used when the steady rate was reached. */
  double cpuMillisUntilWarm() {
    return startCpuMillis
        + turns.stream().limit(turnsUntilWarm()).mapToDouble(Turn::cpuMillis).sum();
  }
}
