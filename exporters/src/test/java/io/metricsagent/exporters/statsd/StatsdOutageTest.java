package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Ten thousand flushes to a port that is closed. */
class StatsdOutageTest {
  private static final int FLUSHES = 10_000;
  private static final int WARM_UP = 1000;
  private static final long SLACK_BYTES = 3_000_000;

  private final SampleRegistry sample = new SampleRegistry();

  private void flush(StatsdSink sink) {
    sample.registry().recordToolCall("search", 7, true, null);
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  @Test
  void nothingPilesUpAndNothingIsLost() throws Exception {
    int port;
    try (UdpReceiver free = new UdpReceiver()) {
      port = free.port();
    }
    try (StatsdSink sink =
        new StatsdSink(new StatsdSettings("127.0.0.1", port, "wink", 1, Dialect.DATADOG))) {
      long before = 0;
      for (int i = 1; i <= FLUSHES; i++) {
        assertThatThrownBy(() -> flush(sink)).isInstanceOf(CompletionException.class);
        if (i == WARM_UP) {
          before = Heap.bytes();
        }
      }
      assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
      assertThat(sink.statistics().packetsRefused()).isEqualTo(FLUSHES);
      try (UdpReceiver server = new UdpReceiver(port)) {
        flush(sink);
        flush(sink);
        List<String> lines = server.lines();
        assertThat(sum(lines, "wink.tool.calls:")).isEqualTo(FLUSHES + 2);
        // Told with the flush that got through: what it cost to get there.
        assertThat(sum(lines, "metrics.agent.statsd.packets_refused:")).isEqualTo(FLUSHES);
      }
    }
  }

  private static long sum(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.split("[:|]", -1)[1]))
        .sum();
  }
}
