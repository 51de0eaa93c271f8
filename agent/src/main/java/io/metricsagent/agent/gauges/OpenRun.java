package io.metricsagent.agent.gauges;

import io.metricsagent.instrumentations.events.CallEvent;

/** What has happened in a run under way. Not thread-safe. */
final class OpenRun {
  private final String type;
  private final SystemSample begin;
  private long lastNanos;
  private long calls;
  private long toolCalls;
  private long tokens = CallEvent.UNKNOWN;

  /**
   * Begins a run.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  OpenRun(String type, SystemSample begin, long nanos) {
    this.type = type;
    this.begin = begin;
    lastNanos = nanos;
  }

  String type() {
    return type;
  }

  /** Returns what the JVM knew when the run began. */
  SystemSample begin() {
    return begin;
  }

  /** Returns when something was last heard of the run, by {@link System#nanoTime}. */
  long lastNanos() {
    return lastNanos;
  }

  /** Returns the number of requests to models that have ended. */
  long calls() {
    return calls;
  }

  /** Returns the number of tool calls that have ended. */
  long toolCalls() {
    return toolCalls;
  }

  /** Returns the sum of input and output tokens, or {@link CallEvent#UNKNOWN}. */
  long tokens() {
    return tokens;
  }

  void requestEnded(CallEvent event) {
    calls++;
    lastNanos = event.nanos();
    add(event.inputTokens());
    add(event.outputTokens());
  }

  private void add(long more) {
    if (more >= 0) {
      tokens = Math.max(0, tokens) + more;
    }
  }

  void toolEnded(CallEvent event) {
    toolCalls++;
    lastNanos = event.nanos();
  }
}
