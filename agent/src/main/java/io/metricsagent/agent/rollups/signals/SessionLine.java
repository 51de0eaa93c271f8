package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.files.JsonText;

/** Writes what is known of a session as one line of JSON. Stateless. */
public final class SessionLine {
  private static final long MICROS = 1000;

  private SessionLine() {}

  /** Returns the line, without a line feed. */
  public static String of(SessionFacts session) {
    StringBuilder json = new StringBuilder("{");
    JsonText.string(JsonText.name(json, "session_key"), session.key());
    number(json, "session_start_ms", session.startMs());
    bool(json, "known_stream", session.known());
    bool(json, "startup_success", session.succeeded());
    bool(json, "startup_excused", session.outcome() == SessionClass.EXCUSED);
    bool(json, "startup_unexcused", session.outcome() == SessionClass.UNEXCUSED);
    JsonText.string(next(json, "class"), session.outcome().text());
    number(json, "error_count", session.errors());
    number(json, "excusable_error_count", session.excusable());
    number(json, "confirmed_swap_count", session.confirmedSwaps());
    number(json, "inferred_change_count", session.inferredChanges());
    bool(json, "swapped", session.swapped());
    number(json, "prompt_to_first_frame_ms", millis(session.firstOutputMicros()));
    number(json, "startup_time_ms", millis(session.firstOutputMicros()));
    number(json, "e2e_latency_ms", millis(session.fewOutputsMicros()));
    JsonText.string(next(json, "model"), session.model());
    return json.append('}').toString();
  }

  private static StringBuilder next(StringBuilder json, String name) {
    return JsonText.name(json.append(", "), name);
  }

  private static void number(StringBuilder json, String name, Long value) {
    next(json, name).append(value);
  }

  private static Long millis(Long micros) {
    return micros == null ? null : micros / MICROS;
  }

  private static void bool(StringBuilder json, String name, boolean value) {
    next(json, name).append(value);
  }
}
