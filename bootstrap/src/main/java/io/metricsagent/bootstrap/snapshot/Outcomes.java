package io.metricsagent.bootstrap.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Latencies of calls, split by how the calls ended. Each call is in exactly one of the histograms,
 * so the counts of calls and errors always agree with the total latency. Immutable.
 *
 * @param succeeded the latencies of the calls that succeeded
 * @param cancelled the latencies of the calls that the application cancelled before their end; they
 *     count neither as successes nor as errors
 * @param failed the latencies of the calls that failed, sorted by type of error; without empty
 *     histograms
 * @param exemplar one of the calls, with its trace, or {@code null}
 */
public record Outcomes(
    HistogramSnapshot succeeded,
    HistogramSnapshot cancelled,
    Map<String, HistogramSnapshot> failed,
    Exemplar exemplar) {
  /** The error type that an {@link Exemplar} has for a cancelled call. */
  public static final String CANCELLED = "cancelled";

  /** OpenTelemetry's {@code error.type} for an error whose type is not known. */
  public static final String NO_TYPE = "_OTHER";

  /** No call at all. */
  public static final Outcomes NONE =
      new Outcomes(HistogramSnapshot.EMPTY, HistogramSnapshot.EMPTY, Map.of(), null);

  /** Copies {@code failed}. */
  public Outcomes {
    Map<String, HistogramSnapshot> copy = new TreeMap<>(failed);
    copy.values().removeIf(HistogramSnapshot::isEmpty);
    failed = copy.isEmpty() ? Map.of() : Collections.unmodifiableMap(copy);
  }

  /** Returns the latency of all calls. */
  public HistogramSnapshot total() {
    HistogramSnapshot total = withoutError();
    for (HistogramSnapshot latency : failed.values()) {
      total = total.plus(latency);
    }
    return total;
  }

  /** Returns the latency of the calls that ended without an error: succeeded or cancelled. */
  public HistogramSnapshot withoutError() {
    return succeeded.plus(cancelled);
  }

  /** Returns the number of all calls. */
  public long calls() {
    return succeeded.count() + cancelled.count() + errors();
  }

  /** Returns the number of calls that failed. */
  public long errors() {
    long errors = 0;
    for (HistogramSnapshot latency : failed.values()) {
      errors += latency.count();
    }
    return errors;
  }

  /** Returns the number of calls that failed by type, sorted by type. */
  public Map<String, Long> errorTypes() {
    Map<String, Long> counts = new LinkedHashMap<>();
    failed.forEach((type, latency) -> counts.put(type, latency.count()));
    return Collections.unmodifiableMap(counts);
  }

  /**
   * Returns the number of calls that failed by type, without errors that have no type, and without
   * those that are over the limit for types.
   */
  public Map<String, Long> errorCodes() {
    Map<String, Long> counts = new LinkedHashMap<>(errorTypes());
    counts.remove(NO_TYPE);
    return Collections.unmodifiableMap(counts);
  }

  /** Returns errors divided by calls, or {@code null} when there was no call. */
  public Double errorRate() {
    long calls = calls();
    return calls == 0 ? null : errors() / (double) calls;
  }

  /** Returns the exemplar if its call ended without an error, else {@code null}. */
  public Exemplar exemplarWithoutError() {
    boolean without =
        exemplar != null
            && (exemplar.errorType() == null
                || (exemplar.errorType().equals(CANCELLED) && !failed.containsKey(CANCELLED)));
    return without ? exemplar : null;
  }

  /** Returns the exemplar if its call failed with this type of error, else {@code null}. */
  public Exemplar exemplarOf(String errorType) {
    return exemplar != null && errorType.equals(exemplar.errorType()) ? exemplar : null;
  }

  boolean isIdle() {
    return succeeded.isEmpty() && cancelled.isEmpty() && failed.isEmpty();
  }

  Outcomes plus(Outcomes other) {
    Map<String, HistogramSnapshot> sum = new TreeMap<>(failed);
    other.failed.forEach((type, latency) -> sum.merge(type, latency, HistogramSnapshot::plus));
    return new Outcomes(
        succeeded.plus(other.succeeded),
        cancelled.plus(other.cancelled),
        sum,
        Exemplar.younger(exemplar, other.exemplar));
  }

  Outcomes minus(Outcomes earlier) {
    Map<String, HistogramSnapshot> left = new TreeMap<>(failed);
    earlier.failed.forEach(
        (type, latency) ->
            left.put(type, left.getOrDefault(type, HistogramSnapshot.EMPTY).minus(latency)));
    return new Outcomes(
        succeeded.minus(earlier.succeeded),
        cancelled.minus(earlier.cancelled),
        left,
        Exemplar.since(exemplar, earlier.exemplar));
  }
}
