package io.metricsagent.bootstrap.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Arithmetic on latencies split by how a call ended. Stateless. */
final class Outcomes {
  private Outcomes() {}

  static Map<String, HistogramSnapshot> sorted(Map<String, HistogramSnapshot> failed) {
    Map<String, HistogramSnapshot> copy = new TreeMap<>(failed);
    copy.values().removeIf(HistogramSnapshot::isEmpty);
    return copy.isEmpty() ? Map.of() : Collections.unmodifiableMap(copy);
  }

  static HistogramSnapshot total(
      HistogramSnapshot succeeded, Map<String, HistogramSnapshot> failed) {
    HistogramSnapshot total = succeeded;
    for (HistogramSnapshot latency : failed.values()) {
      total = total.plus(latency);
    }
    return total;
  }

  static long failures(Map<String, HistogramSnapshot> failed) {
    long failures = 0;
    for (HistogramSnapshot latency : failed.values()) {
      failures += latency.count();
    }
    return failures;
  }

  static Map<String, Long> counts(Map<String, HistogramSnapshot> failed) {
    Map<String, Long> counts = new LinkedHashMap<>();
    failed.forEach((type, latency) -> counts.put(type, latency.count()));
    return Collections.unmodifiableMap(counts);
  }

  static Map<String, HistogramSnapshot> plus(
      Map<String, HistogramSnapshot> a, Map<String, HistogramSnapshot> b) {
    Map<String, HistogramSnapshot> sum = new TreeMap<>(a);
    b.forEach((type, latency) -> sum.merge(type, latency, HistogramSnapshot::plus));
    return sum;
  }

  static Map<String, HistogramSnapshot> minus(
      Map<String, HistogramSnapshot> later, Map<String, HistogramSnapshot> earlier) {
    Map<String, HistogramSnapshot> left = new TreeMap<>(later);
    earlier.forEach(
        (type, latency) ->
            left.put(type, left.getOrDefault(type, HistogramSnapshot.EMPTY).minus(latency)));
    return left;
  }
}
