package io.metricsagent.bootstrap.measures;

/**
 * A fixed attribute of a point over OTLP.
 *
 * @param key as in {@code gen_ai.token.type}
 * @param value as in {@code input}
 */
public record Attribute(String key, String value) {}
