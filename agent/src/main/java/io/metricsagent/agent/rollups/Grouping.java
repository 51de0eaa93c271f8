package io.metricsagent.agent.rollups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up rollups that are equal in some dimensions. Not thread-safe. */
public final class Grouping {
  private static final Comparator<String> TEXT =
      Comparator.nullsFirst(Comparator.<String>naturalOrder());

  private final List<Dimension> dimensions;
  private final TreeMap<List<String>, Rollup> groups = new TreeMap<>(Grouping::compare);

  /**
   * Makes an empty grouping.
   *
   * @param dimensions in the order in which the groups are sorted; without any, there is one group
   *     of everything
   */
  public Grouping(Set<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      groups.put(List.of(), new Rollup());
    }
  }

  /** Adds a rollup to its group. */
  public void add(RollupKey key, Rollup rollup) {
    List<String> values = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      values.add(dimension.of(key));
    }
    groups.computeIfAbsent(values, none -> new Rollup()).addAll(rollup);
  }

  /** Returns the dimensions, in order. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** Returns the groups by the values of their dimensions, which may be {@code null}. */
  public Map<List<String>, Rollup> groups() {
    return Collections.unmodifiableMap(groups);
  }

  private static int compare(List<String> first, List<String> second) {
    int order = 0;
    for (int i = 0; i < first.size() && order == 0; i++) {
      order = TEXT.compare(first.get(i), second.get(i));
    }
    return order;
  }
}
