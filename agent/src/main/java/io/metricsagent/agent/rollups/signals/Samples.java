package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupKey;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The reports of the state of one session's stream, by the hour in which each was made. Not
 * thread-safe.
 *
 * <p>A session keeps at most {@value #MAX_GROUPS} groups, the earliest ones. If a later group gives
 * way to an earlier one, no more of its reports are taken, so the result does not depend on the
 * order of the reports.
 */
final class Samples {
  static final int MAX_GROUPS = 1024;

  private static final Comparator<String> TEXT =
      Comparator.nullsFirst(Comparator.<String>naturalOrder());

  /**
   * Reports that are added up.
   *
   * @param provider as the report names it, or {@code null}
   * @param model as the report names it, or {@code null}
   */
  record Group(long hour, String provider, String model) implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparingLong(Group::hour)
            .thenComparing(Group::provider, TEXT)
            .thenComparing(Group::model, TEXT);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Group, Rollup> groups = new TreeMap<>();

  void add(Signal signal) {
    Group group =
        new Group(
            RollupKey.hourOf(signal.at),
            Providers.canonical(signal.provider),
            SessionKey.isBlank(signal.model) ? null : signal.model.strip());
    if (groups.size() == MAX_GROUPS
        && !groups.containsKey(group)
        && group.compareTo(groups.lastKey()) > 0) {
      return;
    }
    Rollup rollup = groups.computeIfAbsent(group, none -> new Rollup());
    rollup.count(Counter.STATUS_SAMPLES);
    if (signal.outputRate != Signal.NO_RATE) {
      rollup.distribution(Quantity.OUTPUT_RATE).add(signal.outputRate);
    }
    if (groups.size() > MAX_GROUPS) {
      groups.pollLastEntry();
    }
  }

  void forEach(BiConsumer<Group, Rollup> action) {
    groups.forEach(action);
  }
}
