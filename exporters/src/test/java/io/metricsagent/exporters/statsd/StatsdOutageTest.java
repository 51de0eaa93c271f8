package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
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

  /**
   * Whether a flush to the closed port seemed to arrive: the kernel answers so many datagrams a
   * second, and the sender cannot know of those that it does not answer.
   */
  private boolean isTaken(StatsdSink sink) {
    LockSupport.parkNanos(100_000);
    try {
      flush(sink);
      return true;
    } catch (CompletionException e) {
      assertThat(e).hasMessageContaining("nothing listens on that port");
      return false;
    }
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
      int silent = 0;
      int taken = 0;
      int lost = 0;
      for (int i = 1; i <= FLUSHES; i++) {
        if (isTaken(sink)) {
          lost += i - taken;
          taken = i;
          silent++;
        }
        if (i == WARM_UP) {
          before = Heap.bytes();
        }
      }
      assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
      assertThat(silent).isLessThan(FLUSHES / 100);
      assertThat(sink.statistics().packetsRefused()).isEqualTo(FLUSHES - silent);
      try (UdpReceiver server = new UdpReceiver(port)) {
        flush(sink);
        flush(sink);
        List<String> lines = server.lines();
        assertThat(sum(lines, "wink.tool.calls:")).isEqualTo(FLUSHES + 2 - lost);
        // Told with the flush that got through: what it cost to get there.
        if (silent == 0) {
          assertThat(sum(lines, "metrics.agent.statsd.packets_refused:")).isEqualTo(FLUSHES);
        }
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
