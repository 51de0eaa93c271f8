package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The thread that does the exporter's input and output may end, and exports go on. */
class EndedReactorTest {
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isReplacedByTheNextExport(Protocol protocol) throws Exception {
    SampleRegistry sample = new SampleRegistry();
    try (OtlpReceiver receiver = new OtlpReceiver();
        OtlpSink sink =
            OtlpSink.create(
                new OtlpSettings(
                    protocol == Protocol.GRPC ? receiver.grpcEndpoint() : receiver.httpEndpoint(),
                    protocol,
                    Map.of(),
                    false,
                    Duration.ofSeconds(10),
                    OtlpSettings.Temporality.CUMULATIVE,
                    OtlpSettings.HistogramAggregation.EXPLICIT,
                    Map.of(),
                    null,
                    null,
                    null,
                    OtlpSettings.Names.GEN_AI,
                    false))) {
      sample.recordCalls("search", 1, 5);
      sink.export(sample.snapshot()).toCompletableFuture().join();

      Thread reactor = reactor();
      reactor.interrupt();
      reactor.join();
      sink.export(sample.snapshot()).toCompletableFuture().join();

      assertThat(receiver.received()).hasSize(2);
    }
  }

  private static Thread reactor() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().equals("metrics-agent-otlp-io"))
        .findFirst()
        .orElseThrow();
  }
}
