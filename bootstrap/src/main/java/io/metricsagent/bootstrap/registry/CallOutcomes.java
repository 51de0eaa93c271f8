package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Latencies of calls split by how they ended: one histogram for success, one for each error type.
 *
 * <p>A call is counted by one increment of one bucket, so that calls = successes + failures, and
 * the breakdown by type, hold at every moment without a lock. Error types are bounded: past {@value
 * #MAX_TYPES} they share {@code _OTHER}, and so do blank ones; of a long one the first {@value
 * #MAX_TYPE_LENGTH} characters count. Recording is lock-free, and allocates only at the first
 * failure of a type.
 */
final class CallOutcomes {
  /** Error types kept apart. */
  static final int MAX_TYPES = 32;

  private static final int MAX_TYPE_LENGTH = 160;
  private static final String OTHER_TYPE = ToolSnapshot.NO_CODE;

  private record Failure(String type, Histogram latency) {
    boolean isOf(String name) {
      return type.length() == MAX_TYPE_LENGTH ? name.startsWith(type) : name.equals(type);
    }
  }

  private static final Failure[] NONE = {};
  private static final VarHandle FAILURES;

  static {
    try {
      FAILURES =
          MethodHandles.lookup().findVarHandle(CallOutcomes.class, "failures", Failure[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Histogram succeeded = new Histogram();
  private volatile Failure[] failures = NONE;

  /**
   * Records one call.
   *
   * @param errorType {@code null} for success
   */
  void record(String errorType, long nanos) {
    (errorType == null ? succeeded : failure(errorType)).record(nanos);
  }

  private Histogram failure(String type) {
    Failure[] known = failures;
    Histogram found = find(known, type);
    if (found == null && isFolded(known, type)) {
      found = find(known, OTHER_TYPE);
    }
    return found == null ? add(type) : found;
  }

  private static Histogram find(Failure[] known, String type) {
    for (Failure failure : known) {
      if (failure.isOf(type)) {
        return failure.latency;
      }
    }
    return null;
  }

  /** Whether an unknown type shares {@code _OTHER}; "is full" never changes back. */
  private static boolean isFolded(Failure[] known, String type) {
    return known.length >= MAX_TYPES || type.isBlank();
  }

  private Histogram add(String type) {
    Histogram created = new Histogram();
    while (true) {
      Failure[] known = failures;
      Histogram found = find(known, type);
      if (found != null) {
        return found;
      }
      String name = isFolded(known, type) ? OTHER_TYPE : shortened(type);
      found = find(known, name);
      if (found != null) {
        return found;
      }
      Failure[] next = Arrays.copyOf(known, known.length + 1);
      next[known.length] = new Failure(name, created);
      if (FAILURES.compareAndSet(this, known, next)) {
        return created;
      }
    }
  }

  private static String shortened(String type) {
    if (type.length() <= MAX_TYPE_LENGTH) {
      return type;
    }
    boolean splitsPair = Character.isHighSurrogate(type.charAt(MAX_TYPE_LENGTH - 1));
    return type.substring(0, splitsPair ? MAX_TYPE_LENGTH - 1 : MAX_TYPE_LENGTH);
  }

  long total() {
    long total = succeeded.total();
    for (Failure failure : failures) {
      total += failure.latency.total();
    }
    return total;
  }

  HistogramSnapshot readSucceeded() {
    return succeeded.read();
  }

  Map<String, HistogramSnapshot> readFailed() {
    Map<String, HistogramSnapshot> result = new TreeMap<>();
    for (Failure failure : failures) {
      result.put(failure.type, failure.latency.read());
    }
    return result;
  }

  void clearExtremes() {
    succeeded.clearExtremes();
    for (Failure failure : failures) {
      failure.latency.clearExtremes();
    }
  }
}
