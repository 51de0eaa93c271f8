package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A receiver that is not there when the JVM ends. */
class HurryTest {
  private final AtomicInteger pauses = new AtomicInteger();
  private final AtomicReference<OtlpSink> sink = new AtomicReference<>();

  @Test
  void aHurryEndsTheRetriesAndMakesEachExportOneAttempt() throws Exception {
    OtlpSettings settings =
        new OtlpSettings(
            URI.create("http://127.0.0.1:" + Ports.free() + "/v1/metrics"),
            OtlpSettings.Protocol.HTTP_PROTOBUF,
            Map.of(),
            true,
            Duration.ofSeconds(60),
            OtlpSettings.Temporality.CUMULATIVE,
            OtlpSettings.HistogramAggregation.EXPLICIT,
            Map.of(),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false);
    // The JVM ends while the sink waits for its second attempt.
    Timing timing =
        new Timing(
            System::nanoTime,
            nanos -> {
              pauses.incrementAndGet();
              sink.get().hurry();
            },
            () -> 0.5);
    try (OtlpSink made = OtlpSink.create(settings, timing)) {
      sink.set(made);
      assertFails(made);
      assertThat(pauses).hasValue(1);

      assertFails(made);
      assertThat(pauses).hasValue(1);
    }
  }

  private static void assertFails(OtlpSink sink) throws Exception {
    assertThatThrownBy(
            () ->
                sink.export(new SampleRegistry().recordEverything().snapshot())
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS))
        .hasMessageContaining("refused")
        .hasMessageNotContaining("attempts");
  }

  @Test
  void aPauseEndsWhenTheHurryBegins() throws Exception {
    Hurry hurry = new Hurry();
    AtomicInteger ended = new AtomicInteger();
    Thread waiting =
        new Thread(
            () -> {
              try {
                hurry.pause(Long.MAX_VALUE);
                ended.incrementAndGet();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.setDaemon(true);
    waiting.start();

    hurry.begin();

    waiting.join();
    assertThat(ended).hasValue(1);
  }
}
