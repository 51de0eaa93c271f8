package io.metricsagent.bootstrap.snapshot;

import java.time.Instant;

/**
 * One call of a series and the trace that it was part of, as an example of what a histogram has
 * counted.
 *
 * @param nanos how long the call took
 * @param errorType how it failed, as its series names it, or {@code null} if it succeeded
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param recordedAt when the call ended, to the millisecond
 */
public record Exemplar(
    long nanos, String errorType, String traceId, String spanId, Instant recordedAt) {

  /** Returns the younger of two exemplars, either of which may be {@code null}. */
  static Exemplar younger(Exemplar a, Exemplar b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.recordedAt.isAfter(a.recordedAt) ? b : a;
  }

  /** Returns {@code later}, or {@code null} if {@code earlier} had it already. */
  static Exemplar since(Exemplar later, Exemplar earlier) {
    return later == null || later.equals(earlier) ? null : later;
  }
}
