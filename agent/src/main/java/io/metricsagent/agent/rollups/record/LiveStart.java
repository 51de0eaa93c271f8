package io.metricsagent.agent.rollups.record;

/**
 * The times, by {@link System#nanoTime}, at which a session passed the steps of its start; of each
 * step the earliest one counts. Not thread-safe.
 */
final class LiveStart {
  private static final long NANOS_OF_MICRO = 1000;

  private boolean hasRequest;
  private boolean hasOutput;
  private boolean hasFew;
  private long request;
  private long output;
  private long few;

  void request(long nanos) {
    request = hasRequest && request - nanos < 0 ? request : nanos;
    hasRequest = true;
  }

  void output(long nanos) {
    output = hasOutput && output - nanos < 0 ? output : nanos;
    hasOutput = true;
  }

  void fewOutputs(long nanos) {
    few = hasFew && few - nanos < 0 ? few : nanos;
    hasFew = true;
  }

  boolean hasRequest() {
    return hasRequest;
  }

  boolean succeeded() {
    return hasFew;
  }

  Long untilOutputMicros() {
    return hasRequest && hasOutput ? micros(output - request) : null;
  }

  Long untilFewMicros() {
    return hasRequest && hasFew ? micros(few - request) : null;
  }

  private static Long micros(long nanos) {
    return nanos < 0 ? null : nanos / NANOS_OF_MICRO;
  }
}
