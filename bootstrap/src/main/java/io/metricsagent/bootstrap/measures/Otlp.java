package io.metricsagent.bootstrap.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * The metric of a measure over OTLP; several measures that differ by an attribute share one.
 *
 * @param conventional the name of OpenTelemetry's conventions where there is one, else {@code own}
 * @param own the name below {@code wink.}
 * @param description the description of the metric, as receivers get it
 * @param attributes fixed attributes of the measure's points
 * @param points which values have a point
 */
public record Otlp(
    String conventional,
    String own,
    String description,
    List<Attribute> attributes,
    Points points) {

  /** Which values of a measure have a point. */
  public enum Points {
    /** All of them. */
    ALL,
    /** Those above 0. */
    POSITIVE,
    /** One for each type of error rather than one for all. */
    BY_ERROR_TYPE,
    /** Those of OpenTelemetry's metrics of messaging, which the user asks for. */
    ON_REQUEST
  }

  static Otlp of(String conventional, String own, String description, Points points) {
    return new Otlp(conventional, own, description, List.of(), points);
  }

  Otlp with(String key, String value) {
    List<Attribute> more = new ArrayList<>(attributes);
    more.add(new Attribute(key, value));
    return new Otlp(conventional, own, description, List.copyOf(more), points);
  }
}
