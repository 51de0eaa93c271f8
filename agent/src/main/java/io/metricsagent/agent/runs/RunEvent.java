package io.metricsagent.agent.runs;

/**
 * What the report needs of one event. The parser fills the same object for each line. Not
 * thread-safe.
 */
final class RunEvent {
  /** The scenario of an event that names none. */
  static final String UNKNOWN_SCENARIO = "unknown";

  final RunId runId = new RunId();

  /** Seconds since 1970; 0 where the event has no time. */
  double timestamp;

  String scenario;
  boolean success;

  /** Whether the event is the one that ends a run. */
  boolean terminal;

  void clear() {
    runId.clear();
    timestamp = 0;
    scenario = UNKNOWN_SCENARIO;
    success = false;
    terminal = false;
  }

  /** Returns whether the event is an attempt of the quick start. */
  boolean isQuickstart() {
    return terminal && scenario.strip().startsWith("quickstart");
  }
}
