package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One raw value of a gauge. Points are never added up: a receiver gets each point once, or, where
 * it asks itself, as long as the point is in the snapshots. Immutable.
 *
 * @param tags in the order of the measure's labels; empty values are as good as absent
 * @param value finite
 * @param at when the value was true
 */
public record GaugePoint(GaugeMeasure measure, Map<String, String> tags, double value, Instant at) {

  /**
   * Copies the tags.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public GaugePoint {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(measure.name() + " is " + value);
    }
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Returns whether another point says the same, at whatever time. */
  boolean isLike(GaugePoint other) {
    return value == other.value && measure.equals(other.measure) && tags.equals(other.tags);
  }
}
