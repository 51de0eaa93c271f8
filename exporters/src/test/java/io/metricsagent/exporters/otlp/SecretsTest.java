package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failed export is told to whoever reads the log, who may not be who knows the password. */
class SecretsTest {
  /** What it logs is in the agent's log, at level debug. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SampleRegistry sample = new SampleRegistry().recordEverything();

  private static OtlpSettings settings(Protocol protocol, int port) {
    return new OtlpSettings(
        URI.create("http://me:pass%2Fword@127.0.0.1:" + port + "/v1/metrics?api-key=querykey"),
        protocol,
        Map.of("authorization", "Bearer tokentoken"),
        false,
        Duration.ofSeconds(10),
        Temporality.CUMULATIVE,
        HistogramAggregation.EXPLICIT,
        Map.of(),
        null,
        null,
        null,
        OtlpSettings.Names.GEN_AI,
        false);
  }

  /** Returns what a log at its most talkative would have. */
  private String failure(OtlpSettings settings) {
    StringWriter text = new StringWriter();
    try (OtlpSink sink =
        OtlpSink.create(settings, new Timing(System::nanoTime, nanos -> {}, () -> 0.5))) {
      catchThrowable(() -> sink.export(sample.snapshot()).toCompletableFuture().join())
          .printStackTrace(new PrintWriter(text, true));
    }
    return text.toString();
  }

  private static void assertTellsNone(String text) {
    assertThat(text)
        .contains("http://***@127.0.0.1:")
        .doesNotContain("pass%2Fword", "pass/word", "querykey", "tokentoken");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void areNotInAFailure(Protocol protocol) {
    assertTellsNone(failure(settings(protocol, Ports.free())));
  }

  @Test
  void areNotInWhatTheReceiverRepeats() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.answerHttp(
          403,
          Map.of("Content-Type", "text/plain"),
          "no user me:pass/word, key querykey, tokentoken");
      List<String> logged = new CopyOnWriteArrayList<>();
      String text;
      Handler listener = new Listener(logged);
      SDK.addHandler(listener);
      try {
        text = failure(settings(Protocol.HTTP_PROTOBUF, receiver.httpEndpoint().getPort()));
      } finally {
        SDK.removeHandler(listener);
      }
      assertTellsNone(text);
      assertThat(logged)
          .isNotEmpty()
          .noneMatch(line -> line.contains("word") || line.contains("querykey"));
      assertThat(text).contains("HTTP 403: no user ***, key ***, ***");
    }
  }

  @Test
  void areNotInTheSettingsAsText() {
    assertTellsNone(settings(Protocol.GRPC, 4317).toString());
  }

  private static final class Listener extends Handler {
    private final List<String> lines;

    private Listener(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord message) {
      lines.add(message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
