package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Latencies of calls split by how they ended: one histogram for success, one for each error type.
 *
 * <p>A call is counted by one increment of one bucket, so that calls = successes + failures, and
 * the breakdown by type, hold at every moment without a lock. Error types are bounded: past {@value
 * #MAX_TYPES} they share {@code _OTHER}. Recording is lock-free but for the first failure of a
 * type.
 */
final class CallOutcomes {
  /** Error types kept apart. */
  static final int MAX_TYPES = 32;

  private static final int MAX_TYPE_LENGTH = 160;
  private static final String OTHER_TYPE = "_OTHER";

  private record Failure(String type, Histogram latency) {}

  private static final Failure[] NONE = {};

  private final Histogram succeeded = new Histogram();
  private final ReentrantLock adding = new ReentrantLock();
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
    for (Failure failure : failures) {
      if (failure.type.equals(type)) {
        return failure.latency;
      }
    }
    return add(type);
  }

  private Histogram add(String type) {
    adding.lock();
    try {
      String name = failures.length >= MAX_TYPES || type.isBlank() ? OTHER_TYPE : shortened(type);
      for (Failure failure : failures) {
        if (failure.type.equals(name)) {
          return failure.latency;
        }
      }
      Failure[] next = Arrays.copyOf(failures, failures.length + 1);
      next[failures.length] = new Failure(name, new Histogram());
      failures = next;
      return next[next.length - 1].latency;
    } finally {
      adding.unlock();
    }
  }

  private static String shortened(String type) {
    return type.length() <= MAX_TYPE_LENGTH ? type : type.substring(0, MAX_TYPE_LENGTH);
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
