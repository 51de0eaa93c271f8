package io.metricsagent.it.harness;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.Map;
import java.util.TreeMap;

/** Operations of mailboxes by OpenTelemetry's names, as a receiver gets them. Stateless. */
public final class Operations {
  private Operations() {}

  /**
   * Returns how often there was each operation, by its queue, name and type of error, with blanks
   * between them; nothing if the metric is not there.
   *
   * @param metric the name of a histogram
   */
  public static Map<String, Long> timed(OtlpReceiver.Received received, String metric) {
    Map<String, Long> counts = new TreeMap<>();
    received.metrics().stream()
        .filter(each -> each.getName().equals(metric))
        .flatMap(each -> each.getHistogram().getDataPointsList().stream())
        .forEach(point -> counts.put(name(point), point.getCount()));
    return counts;
  }

  private static String name(HistogramDataPoint point) {
    Map<String, String> attributes = new TreeMap<>();
    point
        .getAttributesList()
        .forEach(
            attribute -> attributes.put(attribute.getKey(), attribute.getValue().getStringValue()));
    return String.join(
        " ",
        attributes.get("messaging.destination.name"),
        attributes.get("messaging.operation.name"),
        attributes.getOrDefault("error.type", ""));
  }
}
