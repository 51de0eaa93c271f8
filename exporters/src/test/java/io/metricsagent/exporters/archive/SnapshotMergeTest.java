package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SnapshotMergeTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode merge(MetricsSnapshot... snapshots) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (MetricsSnapshot snapshot : snapshots) {
      files.put("file-" + files.size(), SnapshotJson.toBytes(snapshot));
    }
    return JSON.readTree(SnapshotMerge.merge(files));
  }

  @Test
  void theSumOfFilesIsTheFileOfTheSum() {
    SampleRegistry a = new SampleRegistry("worker-1").recordEverything();
    a.recordCalls("search", 1000, 0.2).recordCalls("only_a", 3, 1);
    SampleRegistry b = new SampleRegistry("worker-2").recordEverything();
    b.recordCalls("search", 500, 2.5).recordCalls("only_b", 3, 1);
    ObjectNode merged = (ObjectNode) merge(a.snapshot(), b.snapshot());
    MetricsSnapshot sum = a.snapshot().plus(b.snapshot());
    ObjectNode expected = (ObjectNode) JSON.readTree(SnapshotJson.toBytes(sum));
    assertThat(merged.get("worker_id").asString()).isEqualTo("worker-1,worker-2");
    merged.remove("worker_id");
    expected.remove("worker_id");
    assertThat(merged).isEqualTo(expected);
  }

  @Test
  void aFileWithoutRequestsOfTheModelContextProtocolAddsNone() {
    MetricsSnapshot with = new SampleRegistry("worker-1").recordMcp().snapshot();
    MetricsSnapshot without = new SampleRegistry("worker-2").recordEverything().snapshot();
    JsonNode expected = JSON.readTree(SnapshotJson.toBytes(with)).get("mcp");
    assertThat(merge(with, without).get("mcp")).isEqualTo(expected);
    assertThat(merge(without, with).get("mcp")).isEqualTo(expected);
    assertThat(merge(without, without).has("mcp")).isFalse();
    assertThat(merge(with, with, with).get("mcp").get(1).get("request_count").asLong())
        .isEqualTo(9);
  }

  @Test
  void aFieldThatAnEarlierVersionLacksIsThatOfTheOther() {
    byte[] now = SnapshotJson.toBytes(new SampleRegistry().recordEverything().snapshot());
    ObjectNode earlier = (ObjectNode) JSON.readTree(now);
    earlier
        .get("adapters")
        .forEach(adapter -> ((ObjectNode) adapter).remove("inter_chunk_latency"));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("earlier", JSON.writeValueAsBytes(earlier));
    files.put("now", now);
    JsonNode merged = JSON.readTree(SnapshotMerge.merge(files)).get("adapters").get(1);
    assertThat(merged.get("request_count").asLong()).isEqualTo(6);
    assertThat(merged.get("inter_chunk_latency"))
        .isEqualTo(JSON.readTree(now).get("adapters").get(1).get("inter_chunk_latency"));
  }

  @Test
  void ofTwoFirstCallsTheLongerOneStays() {
    MetricsSnapshot slow = new SampleRegistry("worker-1").recordEverything().snapshot();
    SampleRegistry other = new SampleRegistry("worker-2");
    other
        .registry()
        .adapter("openai", "gpt-4o-mini", "chat", "v2-concise")
        .record(-1, -1, -1, -1, -1, 2_500_000, -1, -1, -1, null);
    MetricsSnapshot fast = other.snapshot();

    for (JsonNode merged : List.of(merge(slow, fast), merge(fast, slow))) {
      assertThat(merged.get("adapters"))
          .filteredOn(adapter -> adapter.get("adapter").asString().equals("openai"))
          .singleElement()
          .extracting(adapter -> adapter.get("first_call_ms").asDouble())
          .isEqualTo(950.0);
    }
  }

  @Test
  void percentilesAreThoseOfAllCalls() {
    SampleRegistry slow = new SampleRegistry("worker-1").recordCalls("t", 990, 0.1);
    SampleRegistry fast = new SampleRegistry("worker-2");
    for (int i = 0; i < 99_010; i++) {
      fast.registry().recordToolCall("t", 1, true, null);
    }
    JsonNode latency = merge(slow.snapshot(), fast.snapshot()).get("tools").get(0).get("latency");
    assertThat(latency.get("total_count").asLong()).isEqualTo(100_000);
    assertThat(latency.get("p99").asDouble()).isLessThan(2);
    assertThat(latency.get("p999").asDouble()).isGreaterThan(50);
  }

  @Test
  void theFileThatIsDamagedIsNamedWhereverItStands() {
    byte[] good = SnapshotJson.toBytes(new SampleRegistry().recordEverything().snapshot());
    ObjectNode broken = (ObjectNode) JSON.readTree(good);
    ((ObjectNode) broken.get("tools").get(0).get("latency")).put("hdr", "broken");
    ObjectNode empty = JSON.createObjectNode().put("schema_version", 1);
    for (ObjectNode bad : List.of(broken, empty)) {
      byte[] bytes = JSON.writeValueAsBytes(bad);
      for (boolean first : List.of(true, false)) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(first ? "bad.json" : "good.json", first ? bytes : good);
        files.put(first ? "good.json" : "bad.json", first ? good : bytes);
        assertThatThrownBy(() -> SnapshotMerge.merge(files)).hasMessageStartingWith("bad.json: ");
      }
    }
  }

  @Test
  void whatIsNoSnapshotIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "{}", "x.json: not a snapshot: it has no schema_version",
            "[1]", "x.json: not a snapshot: it has no schema_version",
            "{\"schema_version\": 2}", "x.json: has schema_version 2, this agent adds up version 1",
            "no", "x.json: not JSON: ");
    wrong.forEach(
        (text, message) ->
            assertThatThrownBy(
                    () ->
                        SnapshotMerge.merge(
                            Map.of("x.json", text.getBytes(StandardCharsets.UTF_8))))
                .hasMessageStartingWith(message));
  }
}
