package io.metricsagent.instrumentations.events;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Chooses the runs whose calls are kept. All runs of a conversation are chosen alike, in every
 * process, because a part of a conversation says little. Thread-safe.
 */
public final class RunSampling {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final double rate;
  private final AtomicLong state = new AtomicLong(System.nanoTime());

  /**
   * Makes a choice.
   *
   * @param rate the part of the runs that is chosen, from 0 to 1
   */
  public RunSampling(double rate) {
    this.rate = rate;
  }

  /**
   * Returns whether a run is chosen.
   *
   * @param conversation the conversation that the run is part of, or {@code null}
   */
  public boolean takes(String conversation) {
    if (rate >= 1 || rate <= 0) {
      return rate >= 1;
    }
    long seed = conversation == null ? state.addAndGet(GOLDEN) : hash(conversation);
    return (mix(seed) >>> 11) * 0x1.0p-53 < rate;
  }

  private static long hash(String text) {
    long hash = GOLDEN;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return hash;
  }

  /** The last step of the SplitMix64 generator, which spreads neighbouring numbers. */
  private static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
