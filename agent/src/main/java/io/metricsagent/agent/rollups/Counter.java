package io.metricsagent.agent.rollups;

/**
 * What a rollup counts. Only known sessions, those whose request was seen, have a class: success,
 * excused and unexcused sessions add up to the known ones.
 */
public enum Counter {
  /** Sessions, known or not. */
  SESSIONS("total_sessions"),
  /** Streams, each counted with its first session. */
  STREAMS("total_streams"),
  KNOWN("known_sessions"),
  SUCCESS("startup_success_sessions"),
  EXCUSED("excused_sessions"),
  UNEXCUSED("unexcused_sessions"),
  /** Known sessions with a confirmed swap, or with more than one provider. */
  SWAPPED("swapped_sessions"),
  /** Confirmed swaps of known sessions. */
  CONFIRMED_SWAPS("confirmed_swap_count"),
  /** Providers beyond the first, of known sessions. */
  INFERRED_CHANGES("inferred_change_count"),
  /** Known sessions that no provider served. */
  MISSING_CAPACITY("missing_capacity_count"),
  ERRORS("error_count"),
  EXCUSABLE_ERRORS("excusable_error_count"),
  /** Reports of the state of a stream, one a second of inference. */
  STATUS_SAMPLES("status_samples");

  private final String field;

  Counter(String field) {
    this.field = field;
  }

  /** Returns the name in JSON. */
  public String field() {
    return field;
  }
}
