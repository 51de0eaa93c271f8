package io.metricsagent.instrumentations.context;

/** A value that connects a call with what it was made for. */
public enum ContextField {
  EXPERIMENT("experiment"),
  REQUEST_ID("request_id"),
  RUN_ID("run_id"),
  SESSION_ID("session_id"),
  ATTEMPT("attempt"),
  TRACE_ID("trace_id");

  private static final ContextField[] ALL = values();

  private final String key;

  ContextField(String key) {
    this.key = key;
  }

  /** Returns the name in rules, settings, baggage and log contexts, such as {@code request_id}. */
  public String key() {
    return key;
  }

  /** Returns the field of a {@link #key}, or {@code null}. */
  public static ContextField of(String key) {
    for (ContextField field : ALL) {
      if (field.key.equals(key)) {
        return field;
      }
    }
    return null;
  }
}
