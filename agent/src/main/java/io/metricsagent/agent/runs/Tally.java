package io.metricsagent.agent.runs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the events of a file, or of a part of one. Not thread-safe. */
final class Tally {
  private static final int DAY_SECONDS = 86_400;
  private static final int WEEK_DAYS = 7;

  /** From the Monday of the week of 1970-01-01 to that day, which was a Thursday. */
  private static final int MONDAY_TO_EPOCH_DAYS = 3;

  /** The run has a successful event. */
  private static final int SUCCEEDED = 1;

  /** The run has an event that ends it. */
  private static final int ENDED = 2;

  /** The run has a successful event that ends it. */
  private static final int ENDED_WELL = 4;

  private final double start;
  private final IdSet window = new IdSet();
  private final TreeMap<Long, IdSet> weeks = new TreeMap<>();
  private final Map<String, long[]> scenarios = new HashMap<>();
  private long events;
  private long attempts;
  private long successes;
  private long week = Long.MIN_VALUE;
  private IdSet idsOfWeek;

  /**
   * Makes an empty tally.
   *
   * @param start the begin of the window, in seconds since 1970; the window has no end
   */
  Tally(double start) {
    this.start = start;
  }

  void add(RunEvent event) {
    events++;
    if (event.runId.isPresent()) {
      idsOf(week((long) event.timestamp)).add(event.runId, 0);
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
      window.add(event.runId, bits(event));
    }
  }

  private long[] counter(String scenario) {
    return scenarios.computeIfAbsent(scenario, none -> new long[1]);
  }

  private static int bits(RunEvent event) {
    int bits = event.success ? SUCCEEDED : 0;
    if (event.terminal) {
      bits |= event.success ? ENDED | ENDED_WELL : ENDED;
    }
    return bits;
  }

  /** Returns the number of an ISO week; that of 1970-01-01 is 0. */
  private static long week(long seconds) {
    long day = Math.floorDiv(seconds, (long) DAY_SECONDS);
    return Math.floorDiv(day + MONDAY_TO_EPOCH_DAYS, (long) WEEK_DAYS);
  }

  private IdSet idsOf(long number) {
    if (number != week) {
      week = number;
      idsOfWeek = weeks.computeIfAbsent(number, none -> new IdSet());
    }
    return idsOfWeek;
  }

  /** Adds another tally, which gives up its sets and must not be used any more. */
  void addAll(Tally other) {
    events += other.events;
    attempts += other.attempts;
    successes += other.successes;
    other.scenarios.forEach((name, count) -> counter(name)[0] += count[0]);
    window.addAll(other.window);
    while (!other.weeks.isEmpty()) {
      Map.Entry<Long, IdSet> entry = other.weeks.pollFirstEntry();
      IdSet ids = weeks.putIfAbsent(entry.getKey(), entry.getValue());
      if (ids != null) {
        ids.addAll(entry.getValue());
      }
    }
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

  /**
   * Returns the number of successful runs in the window. The event that ends a run decides; a run
   * without one is successful if any of its events is.
   */
  long successfulRuns() {
    return (long) window.count(ENDED | SUCCEEDED, SUCCEEDED) + window.count(ENDED_WELL, ENDED_WELL);
  }

  /** Returns the retention from each week that has runs to the next one that has. */
  List<Retention> retention() {
    List<Retention> pairs = new ArrayList<>();
    Map.Entry<Long, IdSet> previous = null;
    for (Map.Entry<Long, IdSet> entry : weeks.entrySet()) {
      if (previous != null) {
        pairs.add(
            new Retention(
                Retention.label(previous.getKey() * WEEK_DAYS - MONDAY_TO_EPOCH_DAYS),
                Retention.label(entry.getKey() * WEEK_DAYS - MONDAY_TO_EPOCH_DAYS),
                previous.getValue().countCommon(entry.getValue()),
                previous.getValue().size()));
      }
      previous = entry;
    }
    return pairs;
  }
}
