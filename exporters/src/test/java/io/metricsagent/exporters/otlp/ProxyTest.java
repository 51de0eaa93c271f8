package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver that only a proxy knows: the JVM's settings name that proxy. */
class ProxyTest {
  private static final URI ENDPOINT = URI.create("http://collector.example:4318/v1/metrics");
  private static final List<String> SETTINGS = List.of("http.proxyHost", "http.proxyPort");

  private final SampleRegistry sample = new SampleRegistry().recordEverything();
  private final AtomicLong waited = new AtomicLong();
  private OtlpReceiver proxy;
  private OtlpSink sink;

  @BeforeEach
  void nameTheProxy() throws Exception {
    proxy = new OtlpReceiver();
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", Integer.toString(proxy.httpEndpoint().getPort()));
    sink =
        OtlpSink.create(
            new OtlpSettings(
                ENDPOINT,
                Protocol.HTTP_PROTOBUF,
                Map.of("api-key", "k"),
                true,
                Duration.ofSeconds(10),
                Temporality.CUMULATIVE,
                HistogramAggregation.EXPLICIT,
                Map.of("service.name", "shop"),
                null,
                null,
                null,
                OtlpSettings.Names.GEN_AI,
                false),
            new Timing(() -> System.nanoTime() + waited.get(), waited::addAndGet, () -> 0.5));
  }

  @AfterEach
  void forgetIt() {
    SETTINGS.forEach(System::clearProperty);
    sink.close();
    proxy.close();
  }

  private void export() {
    sink.export(sample.snapshot()).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void theProxyGetsTheWholeMessageForTheReceiver() {
    export();
    assertThat(proxy.received()).hasSize(1);
    assertThat(proxy.last().headers())
        .containsEntry("host", "collector.example:4318")
        .containsEntry("content-type", "application/x-protobuf")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("api-key", "k");
    assertThat(proxy.last().metric("wink.adapter.requests").getSum().getDataPointsList())
        .extracting(point -> point.getAsInt())
        .containsExactlyInAnyOrder(3L, 1L);
  }

  @Test
  void whatTheProxySaysIsTreatedAsTheReceiversWord() {
    proxy.answerHttp(503, Map.of("Retry-After", "2"), "starting");
    export();
    assertThat(proxy.received()).hasSize(2);
    assertThat(waited).hasValue(TimeUnit.SECONDS.toNanos(2));

    proxy.answerHttp(403, Map.of(), "no way through here");
    assertThatThrownBy(this::export)
        .hasMessageContaining("cannot export metrics to " + ENDPOINT)
        .hasMessageContaining("HTTP 403: no way through here");
    assertThat(proxy.received()).hasSize(3);
  }

  @Test
  void aProxyThatIsAwayIsTheExportsError() {
    proxy.close();
    assertThatThrownBy(this::export).hasMessageContaining("connection refused (5 attempts)");
  }
}
