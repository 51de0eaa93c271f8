package io.metricsagent.agent.cli;

/** The formats that commands read, each as a small valid file with a text and a number in it. */
enum FileFormat {
  SESSIONS(
      """
      {"exported_at": "2024-01-15T10:31:00", "sessions": [
        {"session_id": "<text>", "start_time": "2024-01-15T10:30:00", "end_time": null,
         "skill_name": "<text>", "prompt": "<text>", "output": "<text>", "events": [],
         "tool_calls": [{"tool": "<text>"}], "success": true, "error": "<text>",
         "metadata": {"<text>": <value>}}]}
      """,
      false),
  LOG(
      """
      {"timestamp": "2024-01-15T10:30:00", "event": "<text>", "session_id": "<text>", "skill": "<text>", "data": {"<text>": <value>}}
      """,
      true),
  SIGNALS(
      """
      {"ts_ms": 5, "kind": "status", "stream_id": "<text>", "provider": "<text>", "model": "<text>", "output_fps": <value>}
      """,
      true),
  ROLLUPS(
      """
      {"schema_version": 1, "hour": "2024-01-15T10:00:00Z", "adapter": "<text>", "model": "<text>", "worker": "<text>", "experiment": null, "total_sessions": <value>}
      """,
      true),
  RUNS(
      """
      {"event": "run.complete", "timestamp": 1760054400, "run_id": "<text>", "scenario": "<text>", "success": true, "duration_sec": <value>}
      """,
      true),
  CALLS(
      """
      {"op": "tool", "tool": "<text>", "latency_ms": <value>, "success": true}
      """,
      true),
  SNAPSHOT(
      """
      {"schema_version": 1, "captured_at": "2024-01-15T10:30:00Z",
       "started_at": "2024-01-15T10:00:00Z", "worker_id": "<text>", "service_name": "<text>",
       "adapters": [], "mailboxes": [], "tools": [{"tool_name": "<text>", "experiment": null,
         "call_count": <value>, "success_count": 0, "failure_count": 0, "error_codes": {}}]}
      """,
      false),
  WANDB(
      """
      [{"id": "<text>", "name": "github.sky.<text>", "state": "finished",
        "created_at": "2024-01-15T10:00:00Z", "heartbeat_at": "2024-01-15T11:00:00Z",
        "summary": {"overview/sps": <value>, "<text>": 1}}]
      """,
      false);

  private final String pattern;
  private final boolean lines;

  FileFormat(String pattern, boolean lines) {
    this.pattern = pattern;
    this.lines = lines;
  }

  /** Returns whether each line stands for itself, so a broken one costs no other. */
  boolean hasLines() {
    return lines;
  }

  /**
   * Returns a file.
   *
   * @param text as it stands between quotes of JSON
   * @param value a value of JSON
   */
  String file(String text, String value) {
    return pattern.replace("<text>", text).replace("<value>", value);
  }
}
