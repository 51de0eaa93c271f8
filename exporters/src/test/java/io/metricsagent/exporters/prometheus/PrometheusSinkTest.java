package io.metricsagent.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusSinkTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final SampleRegistry sample = new SampleRegistry();
  private final HttpClient http = HttpClient.newHttpClient();
  private PrometheusSink sink;

  @AfterEach
  void close() {
    if (sink != null) {
      sink.close();
    }
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    if (sink == null) {
      open(null);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void open(String token) throws Exception {
    sink = PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, token), sample::snapshot);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Returns values by name and labels, as they are written. */
  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new TreeMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              samples.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
    return samples;
  }

  @Test
  void theTextParsedBackIsTheRegistryToTheDigit() throws Exception {
    sample.recordEverything().recordCalls("search", 999, 1.3);
    Map<String, Double> samples = samples(text(get("/metrics")));
    MetricsSnapshot snapshot = sample.snapshot();
    for (ToolSnapshot tool : snapshot.tools()) {
      String labels = "tool=\"" + tool.toolName() + "\",worker=\"worker-1\"";
      assertHistogram(samples, "wink_tool_latency_seconds", labels, tool.latency());
      assertThat(samples)
          .containsEntry("wink_tool_calls_total{" + labels + "}", (double) tool.callCount())
          .containsEntry("wink_tool_failures_total{" + labels + "}", (double) tool.failureCount());
    }
    AdapterSnapshot openai = snapshot.adapters().get(1);
    assertThat(openai.adapter()).isEqualTo("openai");
    String labels =
        "adapter=\"openai\",experiment=\"v2-concise\",model=\"gpt-4o-mini\",operation=\"chat\","
            + "worker=\"worker-1\"";
    Map<String, HistogramSnapshot> latencies =
        Map.of(
            "render_latency", openai.renderLatency(),
            "call_latency", openai.callLatency(),
            "parse_latency", openai.parseLatency(),
            "tool_latency", openai.toolLatency(),
            "total_latency", openai.totalLatency(),
            "time_to_first_token", openai.timeToFirstToken(),
            "inter_chunk_latency", openai.interChunkLatency());
    latencies.forEach(
        (name, latency) ->
            assertHistogram(samples, "wink_adapter_" + name + "_seconds", labels, latency));
    assertThat(samples)
        .containsEntry("wink_adapter_tokens_total{" + labels + "}", 1327.0)
        .containsEntry("wink_adapter_input_tokens_total{" + labels + "}", 1240.0)
        .containsEntry("wink_adapter_output_tokens_total{" + labels + "}", 87.0)
        .containsEntry("wink_adapter_cached_tokens_total{" + labels + "}", 1000.0)
        .containsEntry("wink_adapter_requests_total{" + labels + "}", 3.0)
        .containsEntry("wink_adapter_errors_total{" + labels + "}", 1.0)
        .containsEntry("wink_adapter_throttles_total{" + labels + "}", 1.0)
        .containsEntry("wink_adapter_cancelled_total{" + labels + "}", 0.0)
        .containsEntry("wink_adapter_first_call_seconds{" + labels + "}", 0.95)
        .containsEntry("wink_mailbox_depth{queue=\"requests\",worker=\"worker-1\"}", 17.0)
        .containsEntry("wink_mailbox_retries_total{queue=\"requests\",worker=\"worker-1\"}", 2.0)
        .containsEntry(
            "wink_mailbox_oldest_age_seconds{queue=\"orders\",system=\"kafka\",worker=\"worker-1\"}",
            1.5);
    // What is not known has no series.
    assertThat(samples.keySet())
        .noneMatch(name -> name.startsWith("wink_mailbox_depth{queue=\"orders\""))
        .noneMatch(name -> name.startsWith("wink_adapter_cached_tokens_total{adapter=\"anthropic"));
  }

  private static void assertHistogram(
      Map<String, Double> samples, String name, String labels, HistogramSnapshot expected) {
    assertThat(samples)
        .containsEntry(name + "_count{" + labels + "}", (double) expected.count())
        .containsEntry(name + "_sum{" + labels + "}", expected.sumNanos() / 1e9);
    long below = 0;
    for (int i = 0; i < HistogramLayout.SPEC_BUCKETS; i++) {
      below += expected.specBucketCounts()[i];
      String edge = i == 17 ? "+Inf" : Double.toString(HistogramLayout.specEdgeMillis(i) / 1000.0);
      assertThat(samples)
          .containsEntry(name + "_bucket{" + labels + ",le=\"" + edge + "\"}", (double) below);
    }
  }

  @Test
  void openMetricsHasUnitsTimesOfCreationAndAnEnd() throws Exception {
    sample.recordEverything();
    HttpResponse<byte[]> answer = get("/metrics", "Accept", OPEN_METRICS);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(answer).lines())
        .contains(
            "# UNIT wink_adapter_call_latency_seconds seconds",
            "# UNIT wink_adapter_input_tokens tokens",
            "# TYPE wink_adapter_requests counter",
            "# TYPE wink_mailbox_depth gauge",
            "wink_tool_calls_created{tool=\"read_file\",worker=\"worker-1\"} "
                + SampleRegistry.START.getEpochSecond()
                + ".000");
    assertThat(text(answer)).endsWith("# EOF\n");
  }

  @Test
  void labelsKeepWhatAnyoneMayWriteIntoThem() throws Exception {
    sample.registry().recordToolCall("a\"b\\c\nd=é\uD83D\uDE80", 1, true, null);
    assertThat(samples(text(get("/metrics"))))
        .containsEntry(
            "wink_tool_calls_total{tool=\"a\\\"b\\\\c\\nd=é\uD83D\uDE80\",worker=\"worker-1\"}",
            1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-|TEXT",
        "*/*|TEXT",
        "text/plain;version=0.0.4;q=0.5,*/*;q=0.1|TEXT",
        "application/json|TEXT",
        "application/openmetrics-text;version=1.0.0,text/plain;q=0.5|OPEN_METRICS",
        "application/openmetrics-text; version=1.0.0; q=0.3, text/plain;q=0.5|TEXT",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;q=0.8|PROTOBUF",
        "application/vnd.google.protobuf;proto=other.Message;encoding=delimited,application/openmetrics-text;q=0.8|OPEN_METRICS",
      })
  void theFormatThatIsWantedMostIsChosen(String accept, Format expected) {
    assertThat(Format.preferred(accept)).isEqualTo(expected);
  }

  @Test
  void anAnswerIsCompressedOnRequest() throws Exception {
    sample.recordEverything();
    String plain = text(get("/metrics"));
    HttpResponse<byte[]> answer = get("/metrics", "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
    }
  }

  @Test
  void nothingRecordedIsAnEmptyAnswer() throws Exception {
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(text(get("/metrics"))).isEmpty();
    assertThat(text(get("/metrics", "Accept", OPEN_METRICS))).isEqualTo("# EOF\n");
  }

  @Test
  void onlyWhoBearsTheTokenIsAnswered() throws Exception {
    sample.recordEverything();
    open("s3cret");
    for (String[] headers :
        List.of(
            new String[0],
            new String[] {"Authorization", "Bearer s3cre"},
            new String[] {"Authorization", "Basic s3cret"})) {
      HttpResponse<byte[]> refused = get("/metrics", headers);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(text(refused)).doesNotContain("wink_").doesNotContain("s3cret");
    }
    // The scheme's name is the same in any case; the token is not.
    for (String right : List.of("Bearer s3cret", "bearer s3cret", "BEARER  s3cret")) {
      assertThat(get("/metrics", "Authorization", right).statusCode()).isEqualTo(200);
    }
    assertThat(get("/metrics", "Authorization", "Bearer S3CRET").statusCode()).isEqualTo(401);
    assertThat(new PrometheusSettings("localhost", 1, "s3cret").toString())
        .doesNotContain("s3cret");
  }

  /** The answer is larger than what the sockets take: its thread waits for a reader. */
  @Test
  void whoDoesNotReadTheAnswerHoldsUpNeitherRecordingNorTheNextScrape() throws Exception {
    for (int i = 0; i < 900; i++) {
      sample.recordCalls("tool-" + i, 20, 1);
    }
    open(null);
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", sink.port()));
      deaf.getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(deaf.getInputStream().read()).isEqualTo('H');
      sample.recordCalls("search", 100_000, 1);
      String next = text(get("/metrics"));
      assertThat(next)
          .contains("wink_tool_calls_total{tool=\"search\",worker=\"worker-1\"} 100000.0");
      assertThat(next).hasSizeGreaterThan(1_000_000);
    }
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port() + "/metrics"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamedWithItsSettings() throws Exception {
    open(null);
    assertThatThrownBy(
            () ->
                PrometheusSink.open(
                    new PrometheusSettings("127.0.0.1", sink.port(), null), sample::snapshot))
        .hasMessage(
            "cannot listen on 127.0.0.1:"
                + sink.port()
                + " (Address already in use); free that port or set metrics.agent.prometheus.host"
                + " and .port");
  }

  @Test
  void aHostThatIsUnknownIsNamed() {
    assertThatThrownBy(
            () ->
                PrometheusSink.open(
                    new PrometheusSettings("no-such-host.invalid", 0, null), sample::snapshot))
        .hasMessageContaining("no-such-host.invalid:0")
        .hasMessageContaining("metrics.agent.prometheus.host");
  }

  @Test
  void requestsOfTheModelContextProtocolAreASeriesAMethod() throws Exception {
    sample.recordMcp();
    Map<String, Double> samples = samples(text(get("/metrics")));
    String call = "{method=\"tools/call\",tool=\"price\",worker=\"worker-1\"}";
    String ping = "{method=\"ping\",worker=\"worker-1\"}";
    assertThat(samples)
        .containsEntry("wink_mcp_client_operation_duration_seconds_count" + call, 3.0)
        .containsEntry("wink_mcp_client_operation_duration_seconds_sum" + call, 0.717)
        .containsEntry("wink_mcp_client_errors_total" + call, 2.0)
        .containsEntry("wink_mcp_server_operation_duration_seconds_count" + ping, 1.0)
        .containsEntry("wink_mcp_server_errors_total" + ping, 0.0)
        .containsEntry("wink_mcp_server_session_duration_seconds_sum{worker=\"worker-1\"}", 60.0);
  }
}
