package io.metricsagent.agent.rollups.signals;

/** The earliest times at which a session passed the steps of its start. Not thread-safe. */
final class Edges {
  /** No signal of that step has been seen. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final long MICROS = 1000;

  private long first = NEVER;
  private long request = NEVER;
  private long firstOutput = NEVER;
  private long fewOutputs = NEVER;

  void any(long at) {
    first = Math.min(first, at);
  }

  void request(long at) {
    request = Math.min(request, at);
  }

  void firstOutput(long at) {
    firstOutput = Math.min(firstOutput, at);
  }

  void fewOutputs(long at) {
    fewOutputs = Math.min(fewOutputs, at);
  }

  /** Returns the time of the earliest signal, in milliseconds since 1970. */
  long start() {
    return first;
  }

  boolean hasRequest() {
    return request != NEVER;
  }

  boolean hasFewOutputs() {
    return fewOutputs != NEVER;
  }

  /** Returns the time from the request to the first output in microseconds, or {@code null}. */
  Long untilFirstOutput() {
    return interval(request, firstOutput);
  }

  /** Returns the time from the request to a few outputs in microseconds, or {@code null}. */
  Long untilFewOutputs() {
    return interval(request, fewOutputs);
  }

  /** Returns an interval, or {@code null} if it has only one side or is negative. */
  private static Long interval(long from, long to) {
    return from == NEVER || to == NEVER || to < from ? null : (to - from) * MICROS;
  }
}
