package io.metricsagent.instrumentations.tracing;

/**
 * Which calls may be examples of their series, as {@code OTEL_METRICS_EXEMPLAR_FILTER} of the
 * OpenTelemetry specification (SDK environment variables, "Exemplar") names them. A call outside of
 * every span has nothing to lead to, and is none.
 */
public enum ExemplarFilter {
  /** Those in a span that is sampled. */
  TRACE_BASED,
  /** Those in any span. */
  ALWAYS_ON,
  /** None. */
  ALWAYS_OFF
}
