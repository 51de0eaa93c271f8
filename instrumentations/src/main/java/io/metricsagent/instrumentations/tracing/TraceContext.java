package io.metricsagent.instrumentations.tracing;

/**
 * The identifiers of a span.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record TraceContext(String traceId, String spanId) {}
