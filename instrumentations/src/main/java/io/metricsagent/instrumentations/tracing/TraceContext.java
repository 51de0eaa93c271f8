package io.metricsagent.instrumentations.tracing;

/**
 * A span, as its identifiers.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record TraceContext(String traceId, String spanId) {}
