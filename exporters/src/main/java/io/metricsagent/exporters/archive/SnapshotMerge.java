package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
 * Adds archived snapshots up: of the workers of one service, or of the runs of one worker.
 *
 * <p>Works on the files' own form, which says less than a snapshot in memory. Counts add up;
 * histograms add up bucket by bucket from their HDR payloads, so percentiles of the sum are those
 * of all calls and no mean of percentiles. Of two views of a queue the larger depth and age stay,
 * of two first calls the longer one. Stateless.
 */
public final class SnapshotMerge {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> LARGER =
      Set.of("queue_depth", "oldest_message_age_ms", "first_call_ms");
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "adapters", List.of("adapter", "model", "operation", "experiment"),
          "tools", List.of("tool_name", "experiment"),
          "mailboxes", List.of("queue_name", "system"),
          "mcp", List.of("side", "method", "tool_name", "experiment"));

  private SnapshotMerge() {}

  /**
   * Returns the sum. Its time spans all; the worker's name is all of theirs, and the figures of the
   * agent are those of the first but for the dropped series.
   *
   * @param snapshots contents of snapshot files, each with its name for messages
   * @throws IllegalArgumentException if one is no snapshot of schema version 1
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
        throw new IllegalArgumentException(snapshot.getKey() + ": " + e.getMessage(), e);
      }
    }
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sum);
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
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
    KEYS.forEach(
        (kind, keys) -> {
          if (sum.has(kind) || other.has(kind)) {
            sum.set(kind, series(sum.withArray(kind), other.withArray(kind), keys));
          }
        });
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

  private static ArrayNode series(ArrayNode a, ArrayNode b, List<String> keys) {
    Map<List<JsonNode>, ObjectNode> all = new LinkedHashMap<>();
    for (ArrayNode list : List.of(a, b)) {
      for (JsonNode node : list) {
        List<JsonNode> key = keys.stream().map(node::path).toList();
        all.merge(key, (ObjectNode) node, (x, y) -> plus(x, y, keys));
      }
    }
    ArrayNode merged = JSON.createArrayNode();
    all.values().forEach(merged::add);
    return merged;
  }

  private static ObjectNode plus(ObjectNode a, ObjectNode b, List<String> keys) {
    ObjectNode sum = JSON.createObjectNode();
    Set<String> names = new LinkedHashSet<>(a.propertyNames());
    names.addAll(b.propertyNames()); // of a later version
    for (String name : names) {
      JsonNode x = a.path(name);
      JsonNode y = b.path(name);
      sum.set(name, keys.contains(name) ? x : plus(name, x, y));
    }
    if (sum.has("failure_rate")) {
      long calls = sum.get("call_count").asLong();
      if (calls > 0) {
        sum.put("failure_rate", sum.get("failure_count").asLong() / (double) calls);
      }
    }
    return sum;
  }

  private static JsonNode plus(String name, JsonNode x, JsonNode y) {
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
    if (LARGER.contains(name)) {
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
