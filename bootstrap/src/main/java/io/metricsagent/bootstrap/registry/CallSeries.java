package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series of calls, split by how they ended: one histogram for success, and one for each error
 * type.
 *
 * <p>A call is counted by one increment of one bucket, so that calls = successes + failures, and
 * the breakdown by type, hold at every moment. Error types are bounded: past {@value #MAX_TYPES}
 * they share {@code _OTHER}, and so do blank ones; of a long one the first {@value
 * #MAX_TYPE_LENGTH} characters count. Finding a type is lock-free, and allocates only at the first
 * failure of a type.
 *
 * <p>Of calls within a trace, one is kept as an {@link Exemplar}, for {@value #EXEMPLAR_MILLIS} ms
 * at least; of two that come at once, either.
 */
public abstract class CallSeries extends LiveSeries {
  /** Error types kept apart. */
  static final int MAX_TYPES = 32;

  private static final long EXEMPLAR_MILLIS = 5000;
  private static final int MAX_TYPE_LENGTH = 160;
  private static final String OTHER_TYPE = Outcomes.NO_TYPE;
  private static final VarHandle RARE;

  static {
    try {
      RARE = MethodHandles.lookup().findVarHandle(CallSeries.class, "rare", Rare.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * What few series have: error types, each of which keeps its place, and an example or {@code
   * null}. Never changes; one reference in each series rather than two.
   */
  private record Rare(String[] types, Exemplar exemplar) {
    static final Rare NONE = new Rare(new String[0], null);
  }

  private volatile Rare rare = Rare.NONE;

  CallSeries(String first, String second, String third, String fourth) {
    super(first, second, third, fourth);
  }

  /** Returns whether {@link #keepExemplar} would be of use for a call that ends now. */
  public final boolean wantsExemplar(long epochMillis) {
    Exemplar held = rare.exemplar;
    // A clock that stepped back must not keep an old one for good.
    return held == null
        || Math.abs(epochMillis - held.recordedAt().toEpochMilli()) >= EXEMPLAR_MILLIS;
  }

  /**
   * Keeps a recorded call as the series' example, instead of the one before.
   *
   * @param errorType as it was recorded; {@code null} for success
   */
  public final void keepExemplar(
      long nanos, String errorType, String traceId, String spanId, long epochMillis) {
    String type = null;
    if (errorType != null) {
      int number = type(errorType); // a type that is new to the series has its place from here on
      type = SeriesNames.wellFormed(rare.types[number]);
    }
    keep(new Exemplar(nanos, type, traceId, spanId, Instant.ofEpochMilli(epochMillis)));
  }

  /** Returns the one that was kept before, in one step with keeping this one. */
  private Exemplar keep(Exemplar exemplar) {
    Rare known;
    do {
      known = rare;
    } while (!RARE.compareAndSet(this, known, new Rare(known.types, exemplar)));
    return known.exemplar;
  }

  /**
   * Returns the number of the histogram for calls that ended in some way.
   *
   * @param errorType {@code null} for success
   * @param succeeded the histogram for success
   * @param failed the histogram for the first error type
   */
  final int outcome(String errorType, int succeeded, int failed) {
    return errorType == null ? succeeded : failed + type(errorType);
  }

  private int type(String name) {
    String[] known = rare.types;
    int found = find(known, name);
    if (found < 0 && isFolded(known, name)) {
      found = find(known, OTHER_TYPE);
    }
    return found < 0 ? add(name) : found;
  }

  private static int find(String[] known, String name) {
    for (int i = 0; i < known.length; i++) {
      if (SeriesNames.matches(known[i], name, MAX_TYPE_LENGTH)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an unknown type shares {@code _OTHER}; "is full" never changes back. */
  private static boolean isFolded(String[] known, String type) {
    return known.length >= MAX_TYPES || type.isBlank();
  }

  private int add(String type) {
    while (true) {
      Rare before = rare;
      String[] known = before.types;
      int found = find(known, type);
      if (found >= 0) {
        return found;
      }
      String name = isFolded(known, type) ? OTHER_TYPE : SeriesNames.kept(type, MAX_TYPE_LENGTH);
      found = find(known, name);
      if (found >= 0) {
        return found;
      }
      String[] next = Arrays.copyOf(known, known.length + 1);
      next[known.length] = name;
      if (RARE.compareAndSet(this, before, new Rare(next, before.exemplar))) {
        return known.length;
      }
    }
  }

  /**
   * Returns the latencies of the calls by how they ended.
   *
   * @param succeeded the number of the histogram for success
   * @param cancelled of the calls that were cancelled
   * @param failed the number of the histogram for the first error type
   */
  final Outcomes outcomes(Reading reading, int succeeded, HistogramSnapshot cancelled, int failed) {
    String[] known = rare.types; // after the cells, so that each of their types is there
    Map<String, HistogramSnapshot> byType = new TreeMap<>();
    for (int i = 0; i < known.length; i++) {
      byType.put(SeriesNames.wellFormed(known[i]), reading.histogram(failed + i));
    }
    Exemplar held = reading.clears() ? keep(null) : rare.exemplar;
    return new Outcomes(reading.histogram(succeeded), cancelled, byType, held);
  }
}
