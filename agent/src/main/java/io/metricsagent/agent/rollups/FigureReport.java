package io.metricsagent.agent.rollups;

import io.metricsagent.agent.files.JsonText;
import java.time.Instant;
import java.util.Collection;

/** Writes groups of rollups with the figures that are computed from them, as JSON. Stateless. */
public final class FigureReport {
  private FigureReport() {}

  /**
   * Returns a report with all figures of each group.
   *
   * @param skipped how many lines could not be used
   */
  public static String all(HourRange range, Grouping grouping, long skipped) {
    return of(range, grouping, Figures.of(new Rollup()).keySet(), skipped);
  }

  /**
   * Returns a report.
   *
   * @param names the figures of each group
   * @param skipped how many lines could not be used
   */
  public static String of(
      HourRange range, Grouping grouping, Collection<String> names, long skipped) {
    StringBuilder json = new StringBuilder("{\n");
    time(json, "from", range.from());
    time(json, "to", range.to());
    json.append("  \"by\": [");
    String gap = "";
    for (Dimension dimension : grouping.dimensions()) {
      json.append(gap).append('"').append(dimension.field()).append('"');
      gap = ", ";
    }
    json.append("],\n  \"skipped_lines\": ").append(skipped).append(",\n  \"rows\": [");
    Figures.rows(json, grouping, names, "    ");
    return json.append(grouping.groups().isEmpty() ? "]\n}" : "\n  ]\n}").toString();
  }

  private static void time(StringBuilder json, String name, Instant time) {
    JsonText.name(json.append("  "), name);
    JsonText.string(json, time == null ? null : time.toString());
    json.append(",\n");
  }
}
