package io.metricsagent.instrumentations.tracing;

/**
 * The calls that may become exemplars of their series, as {@code OTEL_METRICS_EXEMPLAR_FILTER} of
 * the OpenTelemetry specification (SDK environment variables, "Exemplar") names them. A call
 * outside of every span is never an exemplar, since it has no trace to point to.
 */
public enum ExemplarFilter {
  /** Calls in a span that is sampled. */
  TRACE_BASED,
  /** Calls in any span. */
  ALWAYS_ON,
  /** No call. */
  ALWAYS_OFF
}
