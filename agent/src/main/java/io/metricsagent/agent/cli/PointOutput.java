package io.metricsagent.agent.cli;

import io.metricsagent.agent.runs.ReportJson;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints points by the names of their metrics, for people or as JSON. Stateless. */
final class PointOutput {
  /** How many points of a metric are shown to people. */
  private static final int SHOWN = 3;

  private PointOutput() {}

  private static Map<String, List<GaugePoint>> byName(List<GaugePoint> points) {
    Map<String, List<GaugePoint>> byName = new TreeMap<>();
    for (GaugePoint point : points) {
      byName.computeIfAbsent(point.measure().name(), none -> new ArrayList<>()).add(point);
    }
    return byName;
  }

  private static List<String> tags(GaugePoint point) {
    List<String> tags = new ArrayList<>();
    point.tags().forEach((key, value) -> tags.add(key + ":" + value));
    return tags;
  }

  /** Returns the first points of each metric, and how many there are. */
  static String text(List<GaugePoint> points) {
    StringBuilder text = new StringBuilder();
    byName(points)
        .forEach(
            (name, all) -> {
              text.append(name).append(": ").append(Counts.of(all.size(), "data point"));
              text.append('\n');
              for (GaugePoint point : all.subList(0, Math.min(SHOWN, all.size()))) {
                text.append(String.format(Locale.ROOT, "  %.2f ", point.value()));
                text.append(AgentLog.printable(tags(point).toString())).append('\n');
              }
              if (all.size() > SHOWN) {
                text.append("  ... and ").append(all.size() - SHOWN).append(" more\n");
              }
            });
    return text.toString();
  }

  /** Returns all points, in the form of Python's {@code json.dumps} with sorted keys. */
  static String json(List<GaugePoint> points) {
    List<String> metrics = new ArrayList<>();
    byName(points)
        .forEach(
            (name, all) ->
                metrics.add(
                    "  "
                        + ReportJson.string(name)
                        + ": [\n"
                        + all.stream().map(PointOutput::json).collect(Collectors.joining(",\n"))
                        + "\n  ]"));
    return "{\n" + String.join(",\n", metrics) + "\n}\n";
  }

  /** Returns a number of things, such as runs, without a fraction. */
  private static String number(GaugePoint point) {
    return point.measure().unit().startsWith("{")
        ? Long.toString((long) point.value())
        : ReportJson.number(point.value());
  }

  private static String json(GaugePoint point) {
    String tags =
        tags(point).stream()
            .map(tag -> "        " + ReportJson.string(tag))
            .collect(Collectors.joining(",\n"));
    return "    {\n      \"tags\": [\n"
        + tags
        + "\n      ],\n      \"value\": "
        + number(point)
        + "\n    }";
  }
}
