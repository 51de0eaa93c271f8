package io.metricsagent.bootstrap.measures;

/**
 * The metric of a measure over OTLP; several measures that differ by an attribute share one.
 *
 * @param conventional the name of OpenTelemetry's conventions where there is one, else {@code own}
 * @param own the name below {@code wink.}
 * @param description the description of the metric, as receivers get it
 * @param attribute a fixed attribute of the measure's points, or {@code null}
 * @param positiveOnly whether a value of 0 has no point
 * @param byErrorType whether there is a point for each type of error rather than one for all
 */
public record Otlp(
    String conventional,
    String own,
    String description,
    Attribute attribute,
    boolean positiveOnly,
    boolean byErrorType) {}
