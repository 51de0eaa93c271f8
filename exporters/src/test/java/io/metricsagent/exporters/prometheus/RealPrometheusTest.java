package io.metricsagent.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.testing.PrometheusServer;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Prometheus and its own checker make of our answers. */
class RealPrometheusTest {
  private final SampleRegistry sample =
      new SampleRegistry().recordEverything().recordCalls("search", 5000, 1.0);

  @BeforeAll
  static void look() {
    assumeTrue(
        PrometheusServer.isAvailable(), "prometheus and promtool are not installed: none to ask");
  }

  private static double value(PrometheusServer server, String expression) throws Exception {
    return Double.parseDouble(server.query(expression).get(0).get("value").get(1).asString());
  }

  @Test
  void promtoolFindsNothingToComplainAbout() throws Exception {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream in = promtool.getOutputStream()) {
      Format.TEXT.write(sample.snapshot(), in);
    }
    String complaints =
        new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(complaints).isZero();
    assertThat(complaints).isEmpty();
  }

  @Test
  void openMetricsIsScrapedToTheDigitWithATokenAndUnits() throws Exception {
    try (PrometheusSink sink =
            PrometheusSink.open(
                new PrometheusSettings("127.0.0.1", 0, "s3cret"), sample::snapshot);
        PrometheusServer server = new PrometheusServer(sink.port(), "s3cret", false)) {
      HistogramSnapshot latency =
          sample.snapshot().tools().stream()
              .filter(tool -> tool.toolName().equals("search"))
              .findFirst()
              .orElseThrow()
              .latency();
      assertThat(value(server, "wink_tool_latency_seconds_sum{tool='search'}"))
          .isEqualTo(latency.sumNanos() / 1e9);
      long within128ms = 0;
      for (int i = 0; i <= 7; i++) {
        within128ms += latency.specBucketCounts()[i];
      }
      assertThat(value(server, "wink_tool_latency_seconds_bucket{tool='search',le='0.128'}"))
          .isEqualTo((double) within128ms);
      assertThat(
              value(
                  server,
                  "wink_adapter_requests_total{adapter='openai',model='gpt-4o-mini',"
                      + "operation='chat',experiment='v2-concise',worker='worker-1'}"))
          .isEqualTo(3);
      assertThat(value(server, "wink_mailbox_depth{queue='requests'}")).isEqualTo(17);
      assertThat(value(server, "wink_mailbox_oldest_age_seconds{system='kafka'}")).isEqualTo(1.5);
      assertThat(value(server, "wink_adapter_tokens_created{adapter='openai'}"))
          .isEqualTo(SampleRegistry.START.getEpochSecond());
      JsonNode metadata = server.metadata("wink_tool_latency_seconds");
      assertThat(metadata.get("type").asString()).isEqualTo("histogram");
      assertThat(metadata.get("unit").asString()).isEqualTo("seconds");
    }
  }

  @Test
  void nativeHistogramsKeepCountSumAndQuantiles() throws Exception {
    try (PrometheusSink sink =
            PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), sample::snapshot);
        PrometheusServer server = new PrometheusServer(sink.port(), null, true)) {
      HistogramSnapshot latency =
          sample.snapshot().tools().stream()
              .filter(tool -> tool.toolName().equals("search"))
              .findFirst()
              .orElseThrow()
              .latency();
      String search = "wink_tool_latency_seconds{tool='search'}";
      assertThat(value(server, "histogram_count(" + search + ")")).isEqualTo(5000);
      assertThat(value(server, "histogram_sum(" + search + ")"))
          .isEqualTo(latency.sumNanos() / 1e9);
      for (double quantile : new double[] {0.5, 0.9, 0.99}) {
        double exact = latency.percentileMillis(quantile) / 1000;
        assertThat(value(server, "histogram_quantile(" + quantile + ", " + search + ")"))
            .isCloseTo(exact, within(exact * 0.125));
      }
      assertThat(value(server, "wink_adapter_errors_total{adapter='openai'}")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exemplarsLeadFromABucketToATrace(boolean nativeHistograms) throws Exception {
    // Prometheus takes no exemplar from the past of its store.
    sample
        .registry()
        .tool("search")
        .keepExemplar(
            250_000_000,
            null,
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "00f067aa0ba902b7",
            System.currentTimeMillis());
    try (PrometheusSink sink =
            PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), sample::snapshot);
        PrometheusServer server = new PrometheusServer(sink.port(), null, nativeHistograms)) {
      assertThat(value(server, "wink_tool_calls_total{tool='search'}")).isEqualTo(5000);
      String series = "wink_tool_latency_seconds" + (nativeHistograms ? "" : "_bucket");
      JsonNode found = server.exemplars(series + "{tool='search'}");
      assertThat(found).hasSize(1);
      assertThat(found.get(0).get("seriesLabels").path("le").asString(""))
          .isEqualTo(nativeHistograms ? "" : "0.256");
      assertThat(found.get(0).get("exemplars")).hasSize(1);
      JsonNode exemplar = found.get(0).get("exemplars").get(0);
      assertThat(exemplar.get("labels").get("trace_id").asString())
          .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
      assertThat(exemplar.get("labels").get("span_id").asString()).isEqualTo("00f067aa0ba902b7");
      assertThat(exemplar.get("value").asString()).isEqualTo("0.25");
      assertThat(server.exemplars("wink_tool_latency_seconds_bucket{tool='read_file'}")).isEmpty();
    }
  }
}
