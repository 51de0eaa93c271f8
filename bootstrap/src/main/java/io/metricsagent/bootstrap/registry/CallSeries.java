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
 * the breakdown by type, hold at every moment. The number of error types is limited: types after
 * the first {@value #MAX_TYPES}, and blank ones, are counted as {@code _OTHER}; long ones are cut
 * after {@value #MAX_TYPE_LENGTH} characters. Looking a type up is lock-free, and allocates only at
 * the first failure of a type.
 *
 * <p>One call within a trace is stored as an {@link Exemplar}, for {@value #EXEMPLAR_MILLIS} ms at
 * least; of two calls that end at the same time, either may be stored.
 */
public abstract class CallSeries extends LiveSeries {
  /** How many error types have a histogram of their own. */
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
   * What few series have: error types, whose indexes never change, and an exemplar or {@code null}.
   * Immutable. One object for both saves a reference in all other series.
   */
  private record Rare(String[] types, Exemplar exemplar) {
    static final Rare NONE = new Rare(new String[0], null);
  }

  private volatile Rare rare = Rare.NONE;

  CallSeries(String first, String second, String third, String fourth) {
    super(first, second, third, fourth);
  }

  /** Returns whether {@link #keepExemplar} should be called for a call that ends now. */
  public final boolean wantsExemplar(long epochMillis) {
    Exemplar held = rare.exemplar;
    // The absolute value, so that an old exemplar is replaced even after the clock stepped back.
    return held == null
        || Math.abs(epochMillis - held.recordedAt().toEpochMilli()) >= EXEMPLAR_MILLIS;
  }

  /**
   * Stores a recorded call as the exemplar of the series, in place of the previous one.
   *
   * @param errorType as it was recorded; {@code null} for success
   */
  public final void keepExemplar(
      long nanos, String errorType, String traceId, String spanId, long epochMillis) {
    String type = null;
    if (errorType != null) {
      int number = type(errorType); // gives a new type its index
      type = SeriesNames.wellFormed(rare.types[number]);
    }
    keep(new Exemplar(nanos, type, traceId, spanId, Instant.ofEpochMilli(epochMillis)));
  }

  /** Stores an exemplar and returns the previous one, in one atomic step. */
  private Exemplar keep(Exemplar exemplar) {
    Rare known;
    do {
      known = rare;
    } while (!RARE.compareAndSet(this, known, new Rare(known.types, exemplar)));
    return known.exemplar;
  }

  /**
   * Returns the number of the histogram that counts a call.
   *
   * @param errorType {@code null} for success
   * @param succeeded the number of the histogram for success
   * @param failed the number of the histogram for the first error type
   */
  final int outcome(String errorType, int succeeded, int failed) {
    return errorType == null ? succeeded : failed + type(errorType);
  }

  /**
   * Returns the number of the histogram that counts a call, in a series with several kinds of calls
   * that share its error types.
   *
   * @param errorType {@code null} for success
   * @param succeeded the number of the histogram for success of this kind of call
   * @param failed the number of the histogram for the first error type of this kind of call
   * @param kinds how many kinds there are; the histograms of one error type are side by side
   */
  final int outcome(String errorType, int succeeded, int failed, int kinds) {
    return errorType == null ? succeeded : failed + kinds * type(errorType);
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

  /**
   * Returns whether a type that is not in the list is counted as {@code _OTHER}. A full list stays
   * full.
   */
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
   * @param cancelled the latencies of the calls that were cancelled
   * @param failed the number of the histogram for the first error type
   */
  final Outcomes outcomes(Reading reading, int succeeded, HistogramSnapshot cancelled, int failed) {
    return outcomes(reading, succeeded, cancelled, failed, 1);
  }

  /**
   * Returns the latencies of one kind of call by how they ended, as {@link #outcome(String, int,
   * int, int)} numbers them.
   */
  final Outcomes outcomes(
      Reading reading, int succeeded, HistogramSnapshot cancelled, int failed, int kinds) {
    String[] known = rare.types; // read after the cells, so that it has all of their types
    Map<String, HistogramSnapshot> byType = new TreeMap<>();
    for (int i = 0; i < known.length; i++) {
      byType.put(SeriesNames.wellFormed(known[i]), reading.histogram(failed + kinds * i));
    }
    Exemplar held = reading.clears() ? keep(null) : rare.exemplar;
    return new Outcomes(reading.histogram(succeeded), cancelled, byType, held);
  }
}
