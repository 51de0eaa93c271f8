package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/**
 * What a typical worker's registry weighs: 5 adapters with all phases and tokens, 20 tools, 3
 * queues, 63 histograms in all.
 */
class MemoryTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // or JOL cannot look into records
  }

  private static final int ADAPTERS = 5;
  private static final int TOOLS = 20;
  private static final int QUEUES = 3;
  private static final int RECORDINGS = 100_000;
  private static final double MEDIAN_NANOS = 20e6;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Registry registry = Registries.empty();

  @Test
  void atRestItTakesLessThan5KilobytesWithAllItsSeries() {
    for (int i = 0; i < ADAPTERS; i++) {
      adapter(i);
    }
    for (int i = 0; i < TOOLS; i++) {
      tool(i);
    }
    for (int i = 0; i < QUEUES; i++) {
      queue(i);
    }
    assertThat(bytes(registry)).isLessThan(5_000);
  }

  @Test
  void latenciesAround20MillisecondsTakeLessThan25Kilobytes() {
    recordAll(() -> (long) (MEDIAN_NANOS * Math.exp(0.7 * random.nextGaussian())), RECORDINGS);
    assertThat(bytes(registry)).isLessThan(25_000);
  }

  @Test
  void latenciesOverSixDecadesTakeLessThan40Kilobytes() {
    recordAll(() -> (long) (MEDIAN_NANOS * Math.pow(10, -3 + 6 * random.nextDouble())), RECORDINGS);
    assertThat(bytes(registry)).isLessThan(40_000);
  }

  @Test
  void countsPast16BitsTakeNoMoreThanThat() {
    recordAll(() -> (long) (MEDIAN_NANOS * (0.9 + 0.2 * random.nextDouble())), 2 * RECORDINGS);
    assertThat(bytes(registry)).isLessThan(25_000);
  }

  @Test
  void aToolTakesLessThan450BytesAndItsFirstErrorTypeLessThan200More() {
    ToolMetrics tool = tool(0);
    for (int i = 0; i < RECORDINGS; i++) {
      tool.recordSuccess((long) (MEDIAN_NANOS * Math.exp(0.7 * random.nextGaussian())));
    }
    long before = bytes(tool);
    tool.recordFailure(20_000_000, "timeout");
    assertThat(before).isLessThan(450);
    assertThat(bytes(tool) - before).isLessThan(200);
  }

  private static long bytes(Object root) {
    return GraphLayout.parseInstance(root).totalSize();
  }

  private AdapterMetrics adapter(int number) {
    return registry.adapter("openai", "gpt-4o-mini-" + number, "chat");
  }

  private ToolMetrics tool(int number) {
    return registry.tool("read_file_" + number);
  }

  private MailboxMetrics queue(int number) {
    return registry.mailbox("requests-" + number, "kafka");
  }

  private void recordAll(LongSupplier latency, int times) {
    for (int i = 0; i < ADAPTERS; i++) {
      AdapterMetrics adapter = adapter(i);
      for (int n = 0; n < times; n++) {
        adapter.record(
            latency.getAsLong(),
            latency.getAsLong(),
            latency.getAsLong(),
            latency.getAsLong(),
            latency.getAsLong(),
            latency.getAsLong(),
            latency.getAsLong() / 1_000_000,
            latency.getAsLong() / 1_000_000,
            n & 1023,
            null);
      }
    }
    for (int i = 0; i < TOOLS; i++) {
      ToolMetrics tool = tool(i);
      for (int n = 0; n < times; n++) {
        tool.recordSuccess(latency.getAsLong());
      }
    }
    for (int i = 0; i < QUEUES; i++) {
      MailboxMetrics queue = queue(i);
      for (int n = 0; n < times; n++) {
        queue.recordReceived(1, latency.getAsLong());
      }
    }
  }
}
