package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.exporters.testing.EtsyStatsd;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.OtlpReceiver.Received;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * One run of the application exports to an OTLP receiver, to the Etsy StatsD daemon and to disk at
 * once: all three have the same numbers, and no message has a field that the official protocol does
 * not define.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class AgreementIT {
  private static final Map<String, String> MAILBOX_FIELDS =
      Map.of(
          "received", "messages_received",
          "acked", "messages_acked",
          "nacked", "messages_nacked",
          "expired", "messages_expired",
          "dead_lettered", "messages_dead_lettered",
          "retries", "total_retries");

  private static Dump dump;
  private static Received otlp;
  private static Map<String, Double> statsdCounters;
  private static Map<String, List<Double>> statsdTimers;
  private static double badLines;
  private static Map<String, String> headers;
  private static Setup current;

  AgreementIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    List<Setup> each = Setup.of("langchain4j-chat");
    List<Setup> setups = new ArrayList<>();
    each.forEach(setup -> setups.add(setup.with("http/protobuf", "none")));
    setups.add(each.get(0).with("http/protobuf", "gzip"));
    setups.add(each.get(0).with("grpc", "none"));
    setups.add(each.get(each.size() - 1).with("grpc", "gzip"));
    return setups;
  }

  private static String protocol(Setup setup) {
    return setup.options().get(0);
  }

  private static String compression(Setup setup) {
    return setup.options().get(1);
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Exception {
    current = setup;
    try (StubServer stub = StubServer.start(0);
        OtlpReceiver receiver = new OtlpReceiver();
        EtsyStatsd statsd = new EtsyStatsd()) {
      FinishedRun run =
          setup
              .run()
              .withAgent("exporters=otlp,statsd,archive,worker.id=worker-1")
              .setting("otel.exporter.otlp.protocol", protocol(setup))
              .setting("otel.exporter.otlp.endpoint", endpoint(setup, receiver))
              .setting("otel.exporter.otlp.compression", compression(setup))
              .setting("metrics.agent.statsd.host", "127.0.0.1")
              .setting("metrics.agent.statsd.port", String.valueOf(statsd.port()))
              .setting("metrics.agent.statsd.dialect", "graphite")
              .run(stub.baseUrl());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      dump = run.dump();
      otlp = receiver.last();
      headers = otlp.headers();
      statsdCounters = statsd.counters();
      statsdTimers = statsd.timers();
      badLines = statsd.badLines();
    }
  }

  private static String endpoint(Setup setup, OtlpReceiver receiver) throws IOException {
    String url =
        (protocol(setup).equals("grpc") ? receiver.grpcEndpoint() : receiver.httpEndpoint())
            .toString();
    return url.replace("/v1/metrics", "");
  }

  @Test
  void theRequestIsWhatTheSettingsAskFor() {
    String encoding =
        headers.getOrDefault(
            protocol(current).equals("grpc") ? "grpc-encoding" : "content-encoding", "identity");
    assertThat(encoding).isEqualTo(compression(current).equals("gzip") ? "gzip" : "identity");
    assertThat(otlp.request().getUnknownFields().asMap()).isEmpty();
    for (Metric metric : otlp.metrics()) {
      assertThat(metric.getUnknownFields().asMap()).as(metric.getName()).isEmpty();
    }
  }

  @Test
  void adaptersHaveTheSameNumbersEverywhere() {
    assertThat(dump.adapters()).hasSize(4);
    for (Dump.Adapter adapter : dump.adapters()) {
      Map<String, String> key =
          Map.of(
              "gen_ai.provider.name", adapter.name(),
              "gen_ai.request.model", adapter.json().path("model").asString(),
              "gen_ai.operation.name", adapter.json().path("operation").asString());
      String tags = ";adapter=" + adapter.name() + ";model=" + key.get("gen_ai.request.model");

      assertThat(sum("wink.adapter.requests", key))
          .isEqualTo(adapter.count("request_count"))
          .isEqualTo(statsd("wink.adapter.requests" + tags));
      assertThat(sum("wink.adapter.throttles", key))
          .isEqualTo(adapter.count("throttle_count"))
          .isEqualTo(statsd("wink.adapter.throttles" + tags));
      assertThat(sum("wink.adapter.errors", key))
          .isEqualTo(adapter.count("error_count"))
          .isEqualTo(statsd("wink.adapter.errors" + tags));
      assertThat(statsd("wink.adapter.input_tokens" + tags))
          .isEqualTo(adapter.count("input_tokens"));
      assertThat(statsd("wink.adapter.output_tokens" + tags))
          .isEqualTo(adapter.count("output_tokens"));
      assertThat(statsd("wink.adapter.tokens" + tags))
          .isEqualTo(adapter.count("input_tokens") + adapter.count("output_tokens"));
      assertTokens(key, "input", adapter.count("input_tokens"), adapter.count("request_count"));
      assertTokens(key, "output", adapter.count("output_tokens"), adapter.count("request_count"));

      assertHistogram(
          "gen_ai.client.operation.duration",
          key,
          adapter.json().path("total_latency"),
          "wink.adapter.total_latency_ms" + tags);
      for (String phase : List.of("render", "call", "parse")) {
        Map<String, String> phaseKey = new HashMap<>(key);
        phaseKey.put("phase", phase);
        assertHistogram(
            "wink.adapter.phase.duration",
            phaseKey,
            adapter.json().path(phase + "_latency"),
            "wink.adapter." + phase + "_latency_ms" + tags);
      }
      assertHistogram(
          "gen_ai.client.operation.time_to_first_chunk",
          key,
          adapter.json().path("time_to_first_token"),
          "wink.adapter.time_to_first_token_ms" + tags);
      assertHistogram(
          "gen_ai.client.operation.time_per_output_chunk",
          key,
          adapter.json().path("inter_chunk_latency"),
          "wink.adapter.inter_chunk_latency_ms" + tags);
    }
  }

  @Test
  void toolsHaveTheSameNumbersEverywhere() {
    assertThat(dump.tools()).hasSize(2);
    for (Dump.Tool tool : dump.tools()) {
      Map<String, String> key = Map.of("gen_ai.tool.name", tool.name());
      String tags = ";tool=" + tool.name();

      assertThat(sum("wink.tool.calls", key))
          .isEqualTo(tool.count("call_count"))
          .isEqualTo(statsd("wink.tool.calls" + tags));
      assertThat(sum("wink.tool.failures", key))
          .isEqualTo(tool.count("failure_count"))
          .isEqualTo(statsd("wink.tool.failures" + tags));
      assertHistogram(
          "gen_ai.execute_tool.duration",
          key,
          tool.json().path("latency"),
          "wink.tool.latency_ms" + tags);
    }
    assertThat(sum("wink.tool.failures", Map.of())).isPositive();
  }

  @Test
  void mailboxesHaveTheSameNumbersEverywhere() {
    assertThat(dump.mailboxes()).hasSize(3);
    for (Dump.Mailbox mailbox : dump.mailboxes()) {
      String queue = mailbox.json().path("queue_name").asString();
      Map<String, String> key =
          Map.of("messaging.system", "activemq", "messaging.destination.name", queue);
      String tags = ";queue=" + queue;

      MAILBOX_FIELDS.forEach(
          (name, field) ->
              assertThat(sum("wink.mailbox." + name, key))
                  .as(queue + " " + name)
                  .isEqualTo(mailbox.count(field))
                  .isEqualTo(statsd("wink.mailbox." + name + tags)));
      assertHistogram(
          "wink.mailbox.lag", key, mailbox.json().path("queue_lag"), "wink.mailbox.lag_ms" + tags);
    }
  }

  @Test
  void theStatsdDaemonUnderstoodEveryLine() {
    assertThat(badLines).isZero();
  }

  /**
   * Asserts that the count is exact everywhere, that OTLP's buckets and sum are exact, and that
   * StatsD's sum is within 0.1 %.
   */
  private static void assertHistogram(
      String metric, Map<String, String> key, JsonNode json, String timer) {
    long count = json.path("total_count").asLong();
    double sumMillis = json.path("total_sum").asDouble();
    List<Double> sent = timer(timer);
    assertThat(sent).as(timer).hasSize((int) count);
    if (count == 0) {
      return;
    }
    long otlpCount = 0;
    double otlpSum = 0;
    long[] buckets = new long[18];
    for (HistogramDataPoint point : histogram(metric, key)) {
      otlpCount += point.getCount();
      otlpSum += point.getSum();
      for (int i = 0; i < point.getBucketCountsCount(); i++) {
        buckets[i] += point.getBucketCounts(i);
      }
    }
    assertThat(otlpCount).as(metric + key).isEqualTo(count);
    assertThat(otlpSum * 1000)
        .as(metric + key)
        .isCloseTo(sumMillis, within(1e-6 * Math.max(1, sumMillis)));
    for (int i = 0; i < buckets.length; i++) {
      assertThat(buckets[i])
          .as(metric + key + " bucket " + i)
          .isEqualTo(json.path("bucket_counts").path(i).asLong());
    }
    assertThat(sent.stream().mapToDouble(Double::doubleValue).sum())
        .as(timer)
        .isCloseTo(sumMillis, within(0.001 * sumMillis + 0.001 * count));
  }

  private static void assertTokens(
      Map<String, String> key, String type, long tokens, long requests) {
    Map<String, String> typed = new HashMap<>(key);
    typed.put("gen_ai.token.type", type);
    List<HistogramDataPoint> points = histogram("gen_ai.client.token.usage", typed);
    assertThat(points.stream().mapToDouble(HistogramDataPoint::getSum).sum())
        .as(type + key)
        .isEqualTo(tokens);
    // Embeddings have no output tokens: an unknown value has no point, rather than a point of 0.
    assertThat(points.stream().mapToLong(HistogramDataPoint::getCount).sum())
        .as(type + key)
        .isEqualTo(tokens == 0 ? 0 : requests);
  }

  private static List<HistogramDataPoint> histogram(String metric, Map<String, String> key) {
    return otlp.metric(metric).getHistogram().getDataPointsList().stream()
        .filter(point -> has(point.getAttributesList(), key))
        .toList();
  }

  private static long sum(String metric, Map<String, String> key) {
    return otlp.metrics().stream()
        .filter(m -> m.getName().equals(metric))
        .flatMap(m -> m.getSum().getDataPointsList().stream())
        .filter(point -> has(point.getAttributesList(), key))
        .mapToLong(NumberDataPoint::getAsInt)
        .sum();
  }

  private static boolean has(List<KeyValue> attributes, Map<String, String> key) {
    Map<String, String> all = new HashMap<>();
    attributes.forEach(a -> all.put(a.getKey(), a.getValue().getStringValue()));
    return all.entrySet().containsAll(key.entrySet());
  }

  /** The daemon keeps graphite tags in the name; {@code worker} comes last. */
  private static long statsd(String name) {
    return Math.round(statsdCounters.getOrDefault(name + ";worker=worker-1", 0.0));
  }

  private static List<Double> timer(String name) {
    return statsdTimers.getOrDefault(name + ";worker=worker-1", List.of());
  }
}
