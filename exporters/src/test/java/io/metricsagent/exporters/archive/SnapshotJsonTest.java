package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SnapshotJsonTest {
  private final MetricsSnapshot snapshot = new SampleRegistry().recordEverything().snapshot();
  private final JsonNode json = new JsonMapper().readTree(SnapshotJson.toBytes(snapshot));

  private static List<String> names(JsonNode node) {
    return new ArrayList<>(node.propertyNames());
  }

  @Test
  void fieldsHaveTheNamesAndTheOrderOfTheFormat() {
    assertThat(names(json))
        .containsExactly(
            "schema_version",
            "captured_at",
            "started_at",
            "worker_id",
            "service_name",
            "adapters",
            "tools",
            "mailboxes",
            "agent");
    assertThat(names(json.get("adapters").get(0)))
        .containsExactly(
            "adapter",
            "model",
            "operation",
            "experiment",
            "render_latency",
            "call_latency",
            "parse_latency",
            "tool_latency",
            "total_latency",
            "time_to_first_token",
            "inter_chunk_latency",
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "request_count",
            "error_count",
            "throttle_count",
            "cancelled_count",
            "first_call_ms",
            "error_types");
    assertThat(names(json.get("tools").get(0)))
        .containsExactly(
            "tool_name",
            "experiment",
            "latency",
            "call_count",
            "success_count",
            "failure_count",
            "failure_rate",
            "error_codes");
    assertThat(names(json.get("mailboxes").get(0)))
        .containsExactly(
            "queue_name",
            "system",
            "queue_lag",
            "delivery_count_dist",
            "messages_received",
            "messages_acked",
            "messages_nacked",
            "messages_expired",
            "messages_dead_lettered",
            "total_retries",
            "queue_depth",
            "oldest_message_age_ms");
    assertThat(names(json.get("tools").get(0).get("latency")))
        .containsExactly(
            "bucket_counts",
            "total_count",
            "total_sum",
            "mean",
            "min",
            "max",
            "p50",
            "p90",
            "p95",
            "p99",
            "p999",
            "hdr");
  }

  @Test
  void valuesAreThoseOfTheSnapshot() {
    assertThat(json.get("captured_at").asString()).isEqualTo("2024-01-15T10:30:00Z");
    assertThat(json.get("started_at").asString()).isEqualTo("2024-01-15T10:29:00Z");
    AdapterSnapshot adapter = snapshot.adapters().get(1);
    JsonNode node = json.get("adapters").get(1);
    assertThat(node.get("adapter").asString()).isEqualTo("openai");
    assertThat(node.get("request_count").asLong()).isEqualTo(3);
    assertThat(node.get("error_types").get("rate_limit").asLong()).isEqualTo(1);
    assertThat(node.get("input_tokens").asLong()).isEqualTo(1240);
    assertThat(node.get("first_call_ms").asDouble()).isEqualTo(950);
    JsonNode chunks = node.get("inter_chunk_latency");
    assertThat(chunks.get("total_count").asLong()).isEqualTo(2);
    assertThat(chunks.get("total_sum").asDouble()).isEqualTo(55);
    JsonNode total = node.get("total_latency");
    assertThat(total.get("total_sum").asDouble()).isEqualTo(950 + 33 + 71);
    assertThat(total.get("p99").asDouble())
        .isEqualTo(adapter.totalLatency().percentileMillis(0.99));
    assertThat(total.get("bucket_counts").size()).isEqualTo(18);
    HistogramSnapshot back =
        HdrEncoding.decode(
            total.get("hdr").asString(),
            adapter.totalLatency().sumNanos(),
            adapter.totalLatency().minNanos(),
            adapter.totalLatency().maxNanos());
    assertThat(back).isEqualTo(adapter.totalLatency());
    assertThat(json.get("agent").get("instrumentations").get(0).get("woven_methods").asLong())
        .isEqualTo(7);
  }

  @Test
  void whatIsNotKnownIsNull() {
    JsonNode anthropic = json.get("adapters").get(0);
    assertThat(anthropic.get("model").isNull()).isTrue();
    JsonNode firstToken = anthropic.get("time_to_first_token");
    assertThat(firstToken.get("total_count").asLong()).isZero();
    assertThat(firstToken.get("p99").isNull()).isTrue();
    assertThat(firstToken.get("hdr").asString()).isNotEmpty();
    JsonNode orders = json.get("mailboxes").get(0);
    assertThat(orders.get("queue_depth").isNull()).isTrue();
    assertThat(orders.get("oldest_message_age_ms").asLong()).isEqualTo(1500);
  }

  @Test
  void textSurvivesWhateverItHolds() {
    String name = "a\"b\\c\n\u0000 ü 日本 \uD83D\uDE80";
    MetricsSnapshot odd = new SampleRegistry(name).recordCalls("t", 1, 0).snapshot();
    byte[] bytes = SnapshotJson.toBytes(odd);
    assertThat(new JsonMapper().readTree(bytes).get("worker_id").asString()).isEqualTo(name);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("}\n").doesNotContain("\r");
  }

  @Test
  void requestsOfTheModelContextProtocolAreThereIfThereWereAny() {
    MetricsSnapshot some = new SampleRegistry().recordMcp().snapshot();
    JsonNode requests = new JsonMapper().readTree(SnapshotJson.toBytes(some)).get("mcp");
    assertThat(requests.size()).isEqualTo(4);
    assertThat(names(requests.get(0)))
        .containsExactly(
            "side",
            "method",
            "tool_name",
            "experiment",
            "duration",
            "request_count",
            "error_count",
            "error_types");
    JsonNode call = requests.get(1);
    assertThat(call.get("side").asString()).isEqualTo("client");
    assertThat(call.get("method").asString()).isEqualTo("tools/call");
    assertThat(call.get("tool_name").asString()).isEqualTo("price");
    assertThat(call.get("request_count").asLong()).isEqualTo(3);
    assertThat(call.get("error_types").toString()).isEqualTo("{\"-32603\":1,\"tool_error\":1}");
    assertThat(call.get("duration").get("total_sum").asDouble()).isEqualTo(717);
    assertThat(requests.get(0).get("tool_name").isNull()).isTrue();
    assertThat(requests.get(2).get("side").asString()).isEqualTo("server");
    assertThat(requests.get(2).get("method").isNull()).isTrue();
    assertThat(requests.get(3).get("method").asString()).isEqualTo("ping");
  }
}
