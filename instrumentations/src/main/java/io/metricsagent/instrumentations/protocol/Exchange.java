package io.metricsagent.instrumentations.protocol;

import io.metricsagent.instrumentations.tracing.TraceContext;

/** One request of a protocol and its answer, on either side. */
public interface Exchange {
  /**
   * Called when the exchange has ended.
   *
   * @param tool the tool that a server ran for the request, as {@code ServedTools} names it, or
   *     {@code null}
   * @param origin what the exchange was part of when it began
   * @param nanos its duration in nanoseconds
   * @param answer {@code null} if there is none
   * @param error {@code null} if there is none
   */
  void ended(String tool, Origin origin, long nanos, Object answer, Throwable error);

  /**
   * What an exchange was part of when it began.
   *
   * @param experiment {@code null} for that of the settings
   * @param trace the span in which it began, or {@code null}
   */
  record Origin(String experiment, TraceContext trace) {}

  /** Returns whether a value of a publisher is the answer, which ends the exchange. */
  default boolean isAnswer(Object value) {
    return true;
  }

  /** Returns the replacement of an argument, if the rule may replace it. */
  default Object replaced(Object argument) {
    return argument;
  }

  /** Finds the request among the arguments of a woven method. Stateless. */
  interface Finder {
    /** Returns the request, or {@code null} if it is not measured here. */
    Exchange find(Object arg0, Object arg1);
  }
}
