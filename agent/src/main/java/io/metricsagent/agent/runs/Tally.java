package io.metricsagent.agent.runs;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Adds up the events of a file, or of a part of one. Not thread-safe. */
final class Tally {
  private static final int DAY_SECONDS = 86_400;
  private final double start;
  private final RunIds ids;
  private final Map<String, long[]> scenarios = new HashMap<>();
  private long events;
  private long attempts;
  private long successes;

  /**
   * Makes an empty tally.
   *
   * @param start the begin of the window, in seconds since 1970; the window has no end
   * @param ids takes the ids of runs
   */
  Tally(double start, RunIds ids) {
    this.start = start;
    this.ids = ids;
  }

  void add(RunEvent event) throws IOException {
    events++;
    if (event.runId.isPresent()) {
      ids.addToWeek(week((long) event.timestamp), event.runId);
    }
    if (event.timestamp < start) {
      return;
    }
    counter(event.scenario)[0]++;
    if (event.isQuickstart()) {
      attempts++;
      successes += event.success ? 1 : 0;
    }
    if (event.runId.isPresent() && (event.success || event.terminal)) {
      ids.addToWindow(event.runId, bits(event));
    }
  }

  private long[] counter(String scenario) {
    return scenarios.computeIfAbsent(scenario, none -> new long[1]);
  }

  private static int bits(RunEvent event) {
    int bits = event.success ? RunIds.SUCCEEDED : 0;
    if (event.terminal) {
      bits |= event.success ? RunIds.ENDED | RunIds.ENDED_WELL : RunIds.ENDED;
    }
    return bits;
  }

  /** Returns the number of an ISO week; that of 1970-01-01 is 0. */
  private static long week(long seconds) {
    return Retention.week(Math.floorDiv(seconds, (long) DAY_SECONDS));
  }

  /** Adds another tally, which gives up its sets and must not be used any more. */
  void addAll(Tally other) throws IOException {
    events += other.events;
    attempts += other.attempts;
    successes += other.successes;
    other.scenarios.forEach((name, count) -> counter(name)[0] += count[0]);
    ids.addAll(other.ids);
  }

  /** Returns the number of events, in the window or not. */
  long events() {
    return events;
  }

  long attempts() {
    return attempts;
  }

  long successes() {
    return successes;
  }

  /** Returns the number of events in the window for each scenario. */
  Map<String, Long> scenarios() {
    Map<String, Long> counts = new HashMap<>();
    scenarios.forEach((name, count) -> counts.put(name, count[0]));
    return counts;
  }

  /** Counts the runs. Nothing may be added any more. */
  RunIds.Counts runs() throws IOException {
    return ids.count();
  }
}
