package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class RecordingAllocatesNothingTest {
  private static final int CALLS = 100_000;

  /**
   * Rounds of calls, of which the cheapest one counts: the JVM itself takes memory now and then.
   */
  private static final int ROUNDS = 4;

  /** What the measurement itself may take; one object a call would be 1.6 MB. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Registry registry = Registries.empty();

  @Test
  void ofAnAdapterCallFoundByName() {
    assertAllocatesNothing(this::adapterCall);
  }

  @Test
  void ofAToolCallFoundByName() {
    assertAllocatesNothing(this::toolCall);
  }

  @Test
  void ofARequestOfTheModelContextProtocolFoundByName() {
    assertAllocatesNothing(
        i ->
            registry
                .mcpClient("tools/call", "read_file")
                .record(nanos(i), i % 3 == 0 ? "tool_error" : null));
  }

  @Test
  void ofAMessageFoundByName() {
    assertAllocatesNothing(this::message);
  }

  @Test
  void ofCallsThatShareTheSeriesPastTheLimit() {
    Registry full = Registries.limited(1, () -> {});
    full.tool("first");
    assertAllocatesNothing(i -> full.tool((i & 1) == 0 ? "second" : "third").recordSuccess(i));
  }

  @Test
  void ofFailuresPastTheLimitOfTypes() {
    ToolMetrics tool = registry.tool("failing");
    for (int i = 0; i < 40; i++) {
      tool.recordFailure(1, "error-" + i);
    }
    String tooLong = "x".repeat(200);
    assertAllocatesNothing(i -> tool.recordFailure(i, (i & 1) == 0 ? "one more" : tooLong));
  }

  @Test
  void ofCallsWithNamesThatAreTooLong() {
    String name = "x".repeat(5_000);
    String type = "y".repeat(159) + "\uD83D\uDE00";
    assertAllocatesNothing(i -> registry.tool(name, name).recordFailure(i, type));
  }

  @Test
  void ofCallsAfterContention() {
    adapterCall(0);
    Inside.spread(registry.tool("spread"));
    assertAllocatesNothing(i -> registry.tool("spread").recordSuccess(nanos(i)));
  }

  private void adapterCall(int i) {
    AdapterMetrics adapter = registry.adapter("openai", "gpt-4o-mini", "chat", "baseline");
    if (i % 7 == 0) {
      adapter.recordThrottle();
    }
    long nanos = nanos(i);
    adapter.begin();
    adapter.end();
    adapter.record(
        nanos / 10,
        nanos,
        nanos / 20,
        AdapterMetrics.UNKNOWN,
        nanos / 2,
        nanos + nanos / 10,
        i & 4095,
        i & 511,
        i & 1,
        i % 5 == 0 ? "timeout" : null);
  }

  private void toolCall(int i) {
    if (i % 3 == 0) {
      registry.tool("read_file").recordFailure(nanos(i), "not_found");
    } else {
      registry.tool("read_file").recordSuccess(nanos(i));
    }
  }

  private void message(int i) {
    MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
    mailbox.recordReceived(1 + i % 12, nanos(i));
    mailbox.recordAcked(1);
    mailbox.recordDepth(i);
  }

  /** Six decades, the same in each round. */
  private static long nanos(int i) {
    return 1_000L + 1_000L * (i % 1_000) * (i % 1_000);
  }

  private interface Recording {
    void call(int i);
  }

  private static void assertAllocatesNothing(Recording recording) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, allocatedBytes(recording));
    }
    assertThat(least).isLessThan(TOLERATED_BYTES);
  }

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes(Recording recording) {
    long self = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(self);
    for (int i = 0; i < CALLS; i++) {
      recording.call(i);
    }
    return THREADS.getThreadAllocatedBytes(self) - before;
  }
}
