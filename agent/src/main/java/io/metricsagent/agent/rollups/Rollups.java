package io.metricsagent.agent.rollups;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Rollups by key, in the order of the keys. Not thread-safe. */
public final class Rollups {
  private final TreeMap<RollupKey, Rollup> cells = new TreeMap<>();

  /** Returns the rollup of a key, which is made if there is none. */
  public Rollup at(RollupKey key) {
    return cells.computeIfAbsent(key, none -> new Rollup());
  }

  /** Adds all rollups of another table. */
  public void addAll(Rollups other) {
    other.cells.forEach((key, rollup) -> at(key).addAll(rollup));
  }

  /** Removes the rollups of all keys that another table has. */
  public void removeAll(Rollups other) {
    cells.keySet().removeAll(other.cells.keySet());
  }

  /** Returns the rollups by key, which must not be changed. */
  public Map<RollupKey, Rollup> cells() {
    return Collections.unmodifiableMap(cells);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rollups that && cells.equals(that.cells);
  }

  @Override
  public int hashCode() {
    return cells.hashCode();
  }

  @Override
  public String toString() {
    return cells.toString();
  }
}
