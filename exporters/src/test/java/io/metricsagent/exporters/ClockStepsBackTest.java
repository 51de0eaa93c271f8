package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.archive.ArchiveSink;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSink;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import io.metricsagent.exporters.statsd.StatsdSink;
import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Ten thousand flushes of one call each by a clock that goes back at every other one. */
class ClockStepsBackTest {
  private static final int FLUSHES = 10_000;
  private static final int WARM_UP = 1000;
  private static final long SLACK_BYTES = 3_000_000;

  private final SampleRegistry sample = new SampleRegistry();

  private void flush(MetricsSink sink, Consumer<Integer> after) throws Exception {
    long before = 0;
    for (int i = 1; i <= FLUSHES; i++) {
      // Also to before the start, and to the moment of the flush before.
      sample.pass(Duration.ofMinutes(i % 2 == 0 ? 2 : -3).plusSeconds(i % 3));
      sample.registry().recordToolCall("search", 7, true, null);
      sink.export(sample.snapshot()).toCompletableFuture().join();
      after.accept(i);
      if (i == WARM_UP) {
        before = Heap.bytes();
      }
    }
    assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
  }

  @ParameterizedTest
  @EnumSource(
      value = OtlpSettings.Temporality.class,
      names = {"CUMULATIVE", "DELTA"})
  void overOtlpEachCallCountsOnce(OtlpSettings.Temporality temporality) throws Exception {
    long[] calls = new long[1];
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink =
            OtlpSink.create(
                new OtlpSettings(
                    receiver.httpEndpoint(),
                    OtlpSettings.Protocol.HTTP_PROTOBUF,
                    Map.of(),
                    false,
                    Duration.ofSeconds(10),
                    temporality,
                    OtlpSettings.HistogramAggregation.EXPLICIT,
                    Map.of(),
                    null,
                    null,
                    null,
                    OtlpSettings.Names.GEN_AI,
                    false))) {
      flush(
          sink,
          i -> {
            var point = receiver.last().metric("wink.tool.calls").getSum().getDataPoints(0);
            assertThat(point.getStartTimeUnixNano()).isLessThanOrEqualTo(point.getTimeUnixNano());
            boolean delta = temporality == OtlpSettings.Temporality.DELTA;
            calls[0] = point.getAsInt() + (delta ? calls[0] : 0);
            receiver.forget();
          });
    }
    assertThat(calls[0]).isEqualTo(FLUSHES);
  }

  @Test
  void overStatsdEachCallCountsOnce() throws Exception {
    long[] calls = new long[1];
    try (UdpReceiver receiver = new UdpReceiver();
        StatsdSink sink =
            new StatsdSink(
                new StatsdSettings("127.0.0.1", receiver.port(), "wink", 1, Dialect.DATADOG))) {
      flush(
          sink,
          i -> {
            if (i % 500 == 0) {
              receiver.lines().stream()
                  .filter(line -> line.startsWith("wink.tool.calls:"))
                  .forEach(line -> calls[0] += Long.parseLong(line.split("[:|]", -1)[1]));
            }
          });
    }
    assertThat(calls[0]).isEqualTo(FLUSHES);
  }

  @Test
  void theArchiveKeepsToItsLimitsAndHasEachCall(@TempDir Path temp) throws Exception {
    ArchiveSink sink =
        new ArchiveSink(new ArchiveSettings(temp.toFile(), 5, Duration.ofDays(100_000)));
    flush(sink, i -> {});
    try (Stream<Path> files = Files.list(temp.resolve("debug/metrics"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(5);
    }
    assertThat(
            new JsonMapper().readTree(sink.lastFile().toFile()).at("/tools/0/call_count").asLong())
        .isEqualTo(FLUSHES);
  }
}
