package io.metricsagent.agent.rollups;

import java.util.Comparator;

/**
 * What the figures of a rollup are about. A text is {@code null} where it is not known.
 *
 * @param hour the number of the hour since 1970, in UTC
 * @param adapter the provider that was called first
 * @param model the model that was called first
 * @param worker the process
 * @param experiment the tag of the call
 */
public record RollupKey(long hour, String adapter, String model, String worker, String experiment)
    implements Comparable<RollupKey> {
  static final int SECONDS_OF_HOUR = 3600;
  private static final long MILLIS_OF_HOUR = SECONDS_OF_HOUR * 1000L;

  private static final Comparator<String> TEXT =
      Comparator.nullsFirst(Comparator.<String>naturalOrder());
  private static final Comparator<RollupKey> ORDER =
      Comparator.comparingLong(RollupKey::hour)
          .thenComparing(RollupKey::adapter, TEXT)
          .thenComparing(RollupKey::model, TEXT)
          .thenComparing(RollupKey::worker, TEXT)
          .thenComparing(RollupKey::experiment, TEXT);

  /** Returns the number of the hour that contains a time, in milliseconds since 1970. */
  public static long hourOf(long millis) {
    return Math.floorDiv(millis, MILLIS_OF_HOUR);
  }

  @Override
  public int compareTo(RollupKey other) {
    return ORDER.compare(this, other);
  }
}
