package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.NodePackages;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a receiver of other people, in another language, makes of our requests. */
class MockOtlpServerTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final SampleRegistry sample = new SampleRegistry().recordEverything();
  private Process server;
  private BufferedReader output;
  private int http;
  private int grpc;

  @AfterEach
  void stop() {
    if (server != null) {
      server.destroyForcibly();
    }
  }

  private void start() throws Exception {
    assumeTrue(NodePackages.isAvailable(), "node and npm are not installed: no receiver to ask");
    Path folder = NodePackages.install("@elastic/mockotlpserver@0.10.0");
    http = Ports.free();
    grpc = Ports.free();
    Path script = folder.resolve("receiver.cjs");
    Files.writeString(
        script,
        """
        const {MockOtlpServer} = require('@elastic/mockotlpserver');
        const [http, grpc] = process.argv.slice(2).map(Number);
        const server = new MockOtlpServer({
          logLevel: 'warn', services: ['http', 'grpc'],
          httpHostname: '127.0.0.1', httpPort: http,
          grpcHostname: '127.0.0.1', grpcPort: grpc,
          onMetrics: metrics => console.log(JSON.stringify(metrics))});
        server.start().then(() => console.log('ready'));
        """);
    server =
        new ProcessBuilder(
                "node", script.toString(), Integer.toString(http), Integer.toString(grpc))
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    output =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    assertThat(output.readLine()).isEqualTo("ready");
  }

  private JsonNode export(Protocol protocol, HistogramAggregation histograms) throws Exception {
    URI endpoint =
        URI.create(
            protocol == Protocol.GRPC
                ? "http://127.0.0.1:" + grpc
                : "http://127.0.0.1:" + http + "/v1/metrics");
    try (OtlpSink sink =
        OtlpSink.create(
            new OtlpSettings(
                endpoint,
                protocol,
                Map.of(),
                false,
                Duration.ofSeconds(20),
                Temporality.CUMULATIVE,
                histograms,
                Map.of("service.name", "shop"),
                null,
                null,
                null,
                OtlpSettings.Names.GEN_AI,
                false))) {
      sink.export(sample.snapshot()).toCompletableFuture().join();
    }
    return JSON.readTree(output.readLine()).get("resourceMetrics").get(0);
  }

  private static JsonNode metric(JsonNode resource, String name) {
    for (JsonNode metric : resource.get("scopeMetrics").get(0).get("metrics")) {
      if (metric.get("name").asString().equals(name)) {
        return metric;
      }
    }
    throw new AssertionError("no " + name + " in " + resource);
  }

  /** Numbers of 64 bits come as text over HTTP and as two halves over gRPC. */
  private static long number(JsonNode value) {
    return value.isObject() ? value.get("low").asLong() : Long.parseLong(value.asString());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void valuesArriveOverEachTransport(Protocol protocol) throws Exception {
    start();
    JsonNode resource = export(protocol, HistogramAggregation.EXPLICIT);
    assertThat(resource.get("resource").get("attributes").get(0).get("key").asString())
        .isEqualTo("service.name");
    JsonNode duration = metric(resource, "gen_ai.execute_tool.duration");
    assertThat(duration.get("unit").asString()).isEqualTo("s");
    long calls = 0;
    double sum = 0;
    for (JsonNode point : duration.get("histogram").get("dataPoints")) {
      assertThat(point.get("explicitBounds").size()).isEqualTo(17);
      assertThat(point.get("bucketCounts").size()).isEqualTo(18);
      calls += number(point.get("count"));
      sum += point.get("sum").asDouble();
    }
    assertThat(calls).isEqualTo(3);
    assertThat(sum).isEqualTo(0.717);
    JsonNode depth = metric(resource, "wink.mailbox.depth").get("gauge").get("dataPoints").get(0);
    assertThat(number(depth.get("asInt"))).isEqualTo(17);
  }

  @Test
  void exponentialHistogramsArrive() throws Exception {
    start();
    JsonNode resource = export(Protocol.HTTP_PROTOBUF, HistogramAggregation.BASE2_EXPONENTIAL);
    long calls = 0;
    for (JsonNode point :
        metric(resource, "gen_ai.execute_tool.duration")
            .get("exponentialHistogram")
            .get("dataPoints")) {
      assertThat(point.get("scale").asInt()).isEqualTo(3);
      for (JsonNode count : point.get("positive").get("bucketCounts")) {
        calls += number(count);
      }
    }
    assertThat(calls).isEqualTo(3);
  }
}
