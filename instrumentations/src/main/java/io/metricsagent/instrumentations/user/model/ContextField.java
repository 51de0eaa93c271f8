package io.metricsagent.instrumentations.user.model;

/** A value that connects a call with what it was made for. */
public enum ContextField {
  EXPERIMENT,
  REQUEST_ID,
  RUN_ID,
  SESSION_ID,
  ATTEMPT,
  TRACE_ID
}
