package io.metricsagent.agent.rollups;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The additive figures of one key, or of several keys together. Not thread-safe. */
public final class Rollup {
  private static final Counter[] COUNTERS = Counter.values();

  private final long[] counts = new long[COUNTERS.length];
  private final Map<Quantity, Distribution> distributions = new EnumMap<>(Quantity.class);

  /** Adds 1 to a counter. */
  public void count(Counter counter) {
    add(counter, 1);
  }

  /** Adds a number to a counter; it must not be negative. */
  public void add(Counter counter, long number) {
    counts[counter.ordinal()] = Math.addExact(counts[counter.ordinal()], number);
  }

  /** Returns a counter. */
  public long get(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Returns the distribution of a quantity, which may be empty, for reading and adding. */
  public Distribution distribution(Quantity quantity) {
    return distributions.computeIfAbsent(quantity, Distribution::new);
  }

  /** Adds all figures of another rollup. */
  public void addAll(Rollup other) {
    for (Counter counter : COUNTERS) {
      add(counter, other.get(counter));
    }
    other.distributions.forEach((quantity, values) -> distribution(quantity).addAll(values));
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Rollup that) || !Arrays.equals(counts, that.counts)) {
      return false;
    }
    for (Quantity quantity : Quantity.values()) {
      if (!distribution(quantity).equals(that.distribution(quantity))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts) + distributions;
  }
}
