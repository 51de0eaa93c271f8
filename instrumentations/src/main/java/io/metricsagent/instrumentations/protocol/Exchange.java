package io.metricsagent.instrumentations.protocol;

import io.metricsagent.instrumentations.tracing.TraceContext;

/** One request of a protocol and its answer, on either side. */
public interface Exchange {
  /**
   * It ended.
   *
   * @param tool the tool that a server ran for it, as {@code ServedTools} names it, or {@code null}
   * @param trace the span that it began in, or {@code null}
   * @param nanos how long it took, in nanoseconds
   * @param answer {@code null} if there is none
   * @param error {@code null} if there is none
   */
  void ended(String tool, TraceContext trace, long nanos, Object answer, Throwable error);

  /** Returns whether a value of a publisher is the answer; what comes before is no end. */
  default boolean isAnswer(Object value) {
    return true;
  }

  /** Returns what the method gets in place of an argument that its rule may replace. */
  default Object replaced(Object argument) {
    return argument;
  }

  /** Finds the request among the arguments of a woven method. Stateless. */
  interface Finder {
    /** Returns the request, or {@code null} if it is of no interest. */
    Exchange find(Object arg0, Object arg1);
  }
}
