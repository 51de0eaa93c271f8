package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.FaultyNetwork;
import io.metricsagent.exporters.testing.FaultyNetwork.Mode;
import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand flushes with one call each during an outage: nothing piles up, and afterwards the
 * receiver has every call.
 */
class OutageTest {
  private static final int FLUSHES = 10_000;
  private static final int WARM_UP = 1000;

  /** A snapshot of this registry alone is some kilobytes: ten thousand kept would be far more. */
  private static final long SLACK_BYTES = 3_000_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final AtomicLong haste = new AtomicLong();
  private volatile long hastePerLook;
  private final SampleRegistry sample = new SampleRegistry();
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.of(Protocol.HTTP_PROTOBUF, Mode.HANGS_UP, Temporality.CUMULATIVE),
        Arguments.of(Protocol.HTTP_PROTOBUF, Mode.OVERLOADED, Temporality.DELTA),
        Arguments.of(Protocol.HTTP_PROTOBUF, Mode.GARBAGE, Temporality.DELTA),
        Arguments.of(Protocol.HTTP_PROTOBUF, Mode.MUTE, Temporality.DELTA),
        Arguments.of(Protocol.GRPC, Mode.MUTE, Temporality.CUMULATIVE),
        Arguments.of(Protocol.GRPC, Mode.HANGS_UP, Temporality.DELTA),
        Arguments.of(Protocol.GRPC, Mode.GARBAGE, Temporality.CUMULATIVE));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void nothingPilesUpAndNothingIsLost(Protocol protocol, Mode fault, Temporality temporality)
      throws Exception {
    URI behind = protocol == Protocol.GRPC ? receiver.grpcEndpoint() : receiver.httpEndpoint();
    try (FaultyNetwork network = new FaultyNetwork(behind.getPort(), Mode.WORKS);
        OtlpSink sink = sink(protocol, network.port(), temporality)) {
      flush(sink);
      network.become(fault);
      hastePerLook = fault == Mode.MUTE ? TIMEOUT.minusMillis(2).toNanos() : 0;
      long before = 0;
      for (int i = 1; i <= FLUSHES; i++) {
        assertThatThrownBy(() -> flush(sink)).isInstanceOf(CompletionException.class);
        if (i == WARM_UP) {
          before = Heap.bytes();
        }
      }
      assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
      assertThat(receiver.received()).hasSize(1);

      network.become(Mode.WORKS);
      hastePerLook = 0;
      flush(sink);
      assertThat(receiver.received()).hasSize(2);
      long first = calls(0);
      long last = calls(1);
      assertThat(temporality == Temporality.DELTA ? first + last : last).isEqualTo(FLUSHES + 2);
    }
  }

  private long calls(int request) {
    return receiver
        .received()
        .get(request)
        .metric("wink.tool.calls")
        .getSum()
        .getDataPoints(0)
        .getAsInt();
  }

  private void flush(OtlpSink sink) {
    sample.registry().recordToolCall("search", 7, true, null);
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  /** Without retries: the first of them would wait longer than an export may take. */
  private OtlpSink sink(Protocol protocol, int port, Temporality temporality) {
    URI endpoint =
        URI.create("http://127.0.0.1:" + port + (protocol == Protocol.GRPC ? "" : "/v1/metrics"));
    OtlpSettings settings =
        new OtlpSettings(
            endpoint,
            protocol,
            Map.of(),
            false,
            TIMEOUT,
            temporality,
            HistogramAggregation.EXPLICIT,
            Map.of(),
            null,
            null,
            null,
            OtlpSettings.Names.GEN_AI,
            false);
    return OtlpSink.create(settings, new Timing(this::nanoTime, nanos -> {}, () -> 1));
  }

  /** Hastens on whenever it is looked at, so that a mute receiver is given up in no time. */
  private long nanoTime() {
    return System.nanoTime() + haste.addAndGet(hastePerLook);
  }
}
