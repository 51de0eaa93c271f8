package io.metricsagent.agent.gauges;

import io.metricsagent.instrumentations.events.CallEvent;

/** What has happened in a run under way. Not thread-safe. */
final class OpenRun {
  private final String type;
  private final SystemSample begin;
  private long calls;
  private long toolCalls;
  private long tokens = CallEvent.UNKNOWN;

  OpenRun(String type, SystemSample begin) {
    this.type = type;
    this.begin = begin;
  }

  String type() {
    return type;
  }

  /** Returns what the JVM knew when the run began. */
  SystemSample begin() {
    return begin;
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
    add(event.inputTokens());
    add(event.outputTokens());
  }

  private void add(long more) {
    if (more >= 0) {
      tokens = Math.max(0, tokens) + more;
    }
  }

  void toolEnded() {
    toolCalls++;
  }
}
