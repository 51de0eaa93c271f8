package io.metricsagent.agent.rollups;

import io.metricsagent.agent.files.JsonText;
import java.time.Instant;
import java.util.Map;

/**
 * Writes rollups, each as one line of JSON that holds only figures that can be added. Stateless.
 */
public final class RollupJson {
  /** The version of the lines' form. */
  static final int VERSION = 1;

  private RollupJson() {}

  /** Returns all rollups of a table as lines, each with a line feed at its end. */
  public static String lines(Rollups rollups) {
    StringBuilder json = new StringBuilder();
    for (Map.Entry<RollupKey, Rollup> cell : rollups.cells().entrySet()) {
      line(json, cell.getKey(), cell.getValue());
    }
    return json.toString();
  }

  private static void line(StringBuilder json, RollupKey key, Rollup rollup) {
    json.append("{\"schema_version\": ").append(VERSION).append(", \"hour\": \"");
    json.append(hour(key.hour())).append("\", ");
    text(json, "adapter", key.adapter());
    text(json, "model", key.model());
    text(json, "worker", key.worker());
    text(json, "experiment", key.experiment());
    for (Counter counter : Counter.values()) {
      JsonText.name(json, counter.field()).append(rollup.get(counter)).append(", ");
    }
    for (Quantity quantity : Quantity.values()) {
      JsonText.name(json, quantity.field());
      distribution(json, rollup.distribution(quantity));
      json.append(", ");
    }
    json.setLength(json.length() - 2);
    json.append("}\n");
  }

  /** Returns the start of an hour, in the form of ISO 8601. */
  public static String hour(long hour) {
    return Instant.ofEpochSecond(hour * RollupKey.SECONDS_OF_HOUR).toString();
  }

  private static void text(StringBuilder json, String name, String value) {
    JsonText.string(JsonText.name(json, name), value);
    json.append(", ");
  }

  private static void distribution(StringBuilder json, Distribution values) {
    json.append("{\"count\": ").append(values.count());
    json.append(", \"sum\": ").append(values.sum());
    json.append(", \"sum_of_squares\": ").append(values.squares());
    json.append(", \"buckets\": [");
    String gap = "";
    for (Map.Entry<Integer, Distribution.Bucket> bucket : values.buckets().entrySet()) {
      json.append(gap).append('[').append(bucket.getKey()).append(", ");
      json.append(bucket.getValue().count()).append(", ");
      json.append(bucket.getValue().sum()).append(']');
      gap = ", ";
    }
    json.append("]}");
  }
}
