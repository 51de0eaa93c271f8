package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.measures.Catalogue;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds up archived snapshots of the workers of one service, or of the runs of one worker.
 *
 * <p>It works on the JSON of the files, which has less than a snapshot in memory. Counts are added;
 * histograms are added bucket by bucket from their HDR payloads, so percentiles of the sum are
 * those of all calls, not a mean of percentiles. Of two depths or ages of a queue the larger one is
 * taken, of two first calls the longer one. Raw values of gauges stay side by side. Stateless.
 */
public final class SnapshotMerge {
  private static final JsonMapper JSON = new JsonMapper();

  private SnapshotMerge() {}

  /**
   * Returns the sum. It covers the time of all snapshots and names all their workers. The figures
   * of the agent are those of the first snapshot, except for the dropped series.
   *
   * @param snapshots the contents of snapshot files by name; the names are used in messages
   * @throws IllegalArgumentException if one of them is no snapshot of schema version 1
   */
  public static byte[] merge(Map<String, byte[]> snapshots) {
    ObjectNode sum = null;
    for (Map.Entry<String, byte[]> snapshot : snapshots.entrySet()) {
      ObjectNode next = read(snapshot.getKey(), snapshot.getValue());
      try {
        if (sum == null) {
          sum = next;
        } else {
          add(sum, next);
        }
      } catch (RuntimeException e) {
        throw damaged(snapshots, snapshot.getKey(), e);
      }
    }
    return (JsonTree.text(sum) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Finds the damaged file, which may be one of those already in the sum: it is the first that
   * cannot be added to itself.
   */
  private static IllegalArgumentException damaged(
      Map<String, byte[]> snapshots, String last, RuntimeException failure) {
    for (Map.Entry<String, byte[]> snapshot : snapshots.entrySet()) {
      String name = snapshot.getKey();
      try {
        add(read(name, snapshot.getValue()), read(name, snapshot.getValue()));
      } catch (RuntimeException e) {
        return new IllegalArgumentException(name + ": damaged: " + e.getMessage(), e);
      }
      if (name.equals(last)) {
        break;
      }
    }
    return new IllegalArgumentException(last + ": " + failure.getMessage(), failure);
  }

  private static ObjectNode read(String name, byte[] bytes) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + ": not JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode version = node.path("schema_version");
    if (!(node instanceof ObjectNode object) || !version.isIntegralNumber()) {
      throw new IllegalArgumentException(name + ": not a snapshot: it has no schema_version");
    }
    if (version.asLong() != SnapshotJson.SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          name
              + ": has schema_version "
              + version.asLong()
              + ", this agent adds up version "
              + SnapshotJson.SCHEMA_VERSION);
    }
    return object;
  }

  private static void add(ObjectNode sum, ObjectNode other) {
    Instant started = Instant.parse(other.get("started_at").asString());
    if (started.isBefore(Instant.parse(sum.get("started_at").asString()))) {
      sum.put("started_at", started.toString());
    }
    Instant captured = Instant.parse(other.get("captured_at").asString());
    if (captured.isAfter(Instant.parse(sum.get("captured_at").asString()))) {
      sum.put("captured_at", captured.toString());
    }
    sum.put("worker_id", names(sum.get("worker_id"), other.get("worker_id")));
    Set<String> done = new HashSet<>();
    for (Kind kind : Catalogue.KINDS) {
      String section = kind.section();
      if (done.add(section) && (sum.has(section) || other.has(section))) {
        sum.set(section, series(sum.withArray(section), other.withArray(section), kind));
      }
    }
    if (other.has(SnapshotJson.POINTS)) {
      sum.withArray(SnapshotJson.POINTS).addAll(other.withArray(SnapshotJson.POINTS));
    }
    ObjectNode agent = sum.withObject("agent");
    agent.put(
        "series_dropped",
        agent.path("series_dropped").asLong()
            + other.path("agent").path("series_dropped").asLong());
  }

  private static String names(JsonNode all, JsonNode other) {
    String names = all.asString("");
    String name = other.asString("");
    return List.of(names.split(",", -1)).contains(name) ? names : names + "," + name;
  }

  private static ArrayNode series(ArrayNode a, ArrayNode b, Kind kind) {
    List<String> keys = kind.labels().stream().map(Label::json).toList();
    Map<String, Measure> measures = new HashMap<>();
    for (Measure measure : kind.measures()) {
      if (measure.json() != null) {
        measures.put(measure.json(), measure);
      }
    }
    Map<List<JsonNode>, ObjectNode> all = new LinkedHashMap<>();
    for (ArrayNode list : List.of(a, b)) {
      for (JsonNode node : list) {
        List<JsonNode> key = keys.stream().map(node::path).toList();
        all.merge(key, (ObjectNode) node, (x, y) -> plus(x, y, keys, measures));
      }
    }
    ArrayNode merged = JSON.createArrayNode();
    all.values().forEach(merged::add);
    return merged;
  }

  private static ObjectNode plus(
      ObjectNode a, ObjectNode b, List<String> keys, Map<String, Measure> measures) {
    ObjectNode sum = JSON.createObjectNode();
    Set<String> names = new LinkedHashSet<>(a.propertyNames());
    names.addAll(b.propertyNames()); // fields that a later version has added
    for (String name : names) {
      JsonNode x = a.path(name);
      JsonNode y = b.path(name);
      sum.set(name, keys.contains(name) ? x : plus(measures.get(name), x, y));
    }
    measures.forEach(
        (name, measure) -> {
          if (measure.type() == MeasureType.ERROR_RATE && sum.has(name)) {
            rate(sum, name, measures.values());
          }
        });
    return sum;
  }

  /** Computes the share of errors again from the sums of calls and errors. */
  private static void rate(ObjectNode sum, String name, Collection<Measure> measures) {
    long calls = 0;
    long errors = 0;
    for (Measure measure : measures) {
      if (measure.type() == MeasureType.CALLS) {
        calls = sum.path(measure.json()).asLong();
      } else if (measure.type() == MeasureType.ERRORS) {
        errors = sum.path(measure.json()).asLong();
      }
    }
    if (calls > 0) {
      sum.put(name, errors / (double) calls);
    }
  }

  /**
   * Adds two values.
   *
   * @param measure the measure of the values, or {@code null} if a later version has added it
   */
  private static JsonNode plus(Measure measure, JsonNode x, JsonNode y) {
    if (x.isNull() || x.isMissingNode()) {
      return y.isMissingNode() ? x : y;
    }
    if (y.isNull() || y.isMissingNode()) {
      return x;
    }
    if (x.has("hdr")) {
      return JSON.readTree(new HistogramJson().write(histogram(x).plus(histogram(y))));
    }
    if (x instanceof ObjectNode counts) {
      ObjectNode sum = counts.deepCopy();
      for (String key : y.propertyNames()) {
        sum.put(key, sum.path(key).asLong(0) + y.get(key).asLong());
      }
      return sum;
    }
    if (x instanceof ArrayNode list) {
      ArrayNode sum = JSON.createArrayNode();
      for (int i = 0; i < list.size(); i++) {
        sum.add(list.get(i).asLong() + y.path(i).asLong(0));
      }
      return sum;
    }
    if (measure != null && measure.type().adding() == MeasureType.Adding.LARGER) {
      return x.asDouble() < y.asDouble() ? y : x;
    }
    return x.isIntegralNumber()
        ? JSON.getNodeFactory().numberNode(Math.addExact(x.asLong(), y.asLong()))
        : x;
  }

  private static HistogramSnapshot histogram(JsonNode node) {
    return node.get("total_count").asLong() == 0
        ? HistogramSnapshot.EMPTY
        : HdrEncoding.decode(
            node.get("hdr").asString(),
            nanos(node.get("total_sum")),
            nanos(node.get("min")),
            nanos(node.get("max")));
  }

  private static long nanos(JsonNode millis) {
    return Math.round(millis.asDouble() * HistogramLayout.NANOS_PER_MILLI);
  }
}
