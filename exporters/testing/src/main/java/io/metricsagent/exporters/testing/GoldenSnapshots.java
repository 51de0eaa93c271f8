package io.metricsagent.exporters.testing;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.CallSeries;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Two snapshots of one run, with everything that a series can know and with series that know next
 * to nothing. What each format makes of them is stored in the resources, see {@link Golden}.
 *
 * @param first after a minute
 * @param second after another minute, in which some series recorded more and one is new
 */
public record GoldenSnapshots(MetricsSnapshot first, MetricsSnapshot second) {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /** Returns the snapshots of {@code worker-1}. */
  public static GoldenSnapshots make() {
    return make("worker-1");
  }

  /** Returns the same snapshots of another worker. */
  public static GoldenSnapshots make(String worker) {
    SampleRegistry sample = new SampleRegistry(worker);
    Registry registry = sample.registry();
    firstMinute(registry, sample.clock());
    MetricsSnapshot first = sample.snapshot();
    sample.pass(Duration.ofSeconds(60));
    secondMinute(registry, sample.clock());
    return new GoldenSnapshots(first, sample.snapshot());
  }

  private static void firstMinute(Registry registry, Clock clock) {
    AdapterMetrics full = registry.adapter("openai", "gpt-4o-mini", "chat", "v2-concise");
    full.record(ms(2), ms(900), ms(3), ms(40), ms(120), ms(950), 1200, 80, 1000, null);
    full.record(micros(1500), ms(30), micros(700), 0, -1, ms(33), 40, 7, -1, null);
    full.record(-1, ms(70), -1, -1, -1, ms(71), -1, -1, -1, "rate_limit");
    full.record(-1, ms(4000), -1, -1, ms(20), ms(4100), 9, 1, -1, AdapterSnapshot.CANCELLED);
    full.recordThrottle();
    full.recordThrottle();
    full.recordInterChunk(ms(20));
    full.recordInterChunk(ms(35));
    full.recordTools(ms(1234));
    example(full, ms(950), null, 1, clock);
    AdapterMetrics sameModel =
        registry.adapter("openai", "gpt-4o-mini", "embeddings", "v2-concise");
    sameModel.record(-1, ms(5), -1, -1, -1, ms(6), 33, -1, -1, null);
    AdapterMetrics failing = registry.adapter("anthropic", "claude \"x\"\\\n,=;|@é", "chat", null);
    failing.record(-1, -1, -1, -1, -1, ms(80_000), -1, -1, -1, "java.net.SocketTimeoutException");
    failing.record(-1, -1, -1, -1, -1, ms(70), -1, -1, -1, "overloaded_error");
    failing.record(-1, -1, -1, -1, -1, ms(75), -1, -1, -1, "overloaded_error");
    example(failing, ms(70), "overloaded_error", 2, clock);
    AdapterMetrics cancelled = registry.adapter("ollama", null, null, null);
    cancelled.record(-1, -1, -1, -1, -1, ms(12), -1, -1, -1, AdapterSnapshot.CANCELLED);
    example(cancelled, ms(12), AdapterSnapshot.CANCELLED, 3, clock);
    registry.adapter("bedrock", "throttled-only", "chat", null).recordThrottle();
    registry.adapter("bedrock", "begun", "chat", null); // no request has ended yet
    registry.adapter("bedrock", "under-way", "chat", null).begin();
    registry.adapter("bedrock", "under-way", "chat", null).begin();
    registry.adapter("bedrock", "under-way", "embeddings", null).begin();

    registry.tool("read_file", "v2-concise").recordSuccess(ms(12));
    registry.tool("read_file", "v2-concise").recordFailure(ms(700), "ENOENT");
    registry.tool("read_file", "v2-concise").recordFailure(ms(701), "cancelled");
    registry.tool("read_file", "v2-concise").recordFailure(ms(5), null);
    example(registry.tool("read_file", "v2-concise"), ms(700), "ENOENT", 4, clock);
    registry.tool("search").recordSuccess(ms(40));
    example(registry.tool("search"), ms(40), null, 5, clock);
    registry.tool("idle");

    registry.mailbox("requests", "activemq").recordReceived(1, ms(250));
    registry.mailbox("requests", "activemq").recordReceived(3, ms(90_000));
    registry.mailbox("requests", "activemq").recordReceived(12, -1);
    registry.mailbox("requests", "activemq").recordReceivedBatch(5);
    registry.mailbox("requests", "activemq").recordAcked(4);
    registry.mailbox("requests", "activemq").recordNacked(3);
    registry.mailbox("requests", "activemq").recordExpired(2);
    registry.mailbox("requests", "activemq").recordDeadLettered(1);
    registry.mailbox("requests", "activemq").recordDepth(17);
    registry.mailbox("orders", null).recordRejected(6);
    registry.mailbox("requests", "activemq").recordOldestAge(1500);
    registry.mailbox("requests", "kafka").recordReceived(1, ms(8));
    MailboxMetrics dated = registry.mailbox("dated", "kafka");
    dated.recordDelivered(3, -1, 1_000_000, 1_000_250, AgeSource.PRODUCER_CLOCK);
    dated.recordDelivered(2, -1, 1_000_000, 999_999, AgeSource.BROKER_CLOCK);
    dated.recordReceived(1, ms(4), AgeSource.LOCAL);
    registry.mailbox("orders", null).recordDepth(0);

    registry.mcpClient("initialize", null).record(ms(300), null);
    registry.mcpClient("tools/call", "price").record(ms(12), null);
    registry.mcpClient("tools/call", "price").record(ms(700), "tool_error");
    registry.mcpClient("tools/call", "price").record(ms(5), "-32603");
    example(registry.mcpClient("tools/call", "price"), ms(5), "-32603", 6, clock);
    registry.mcpClient(null, null).record(ms(60_000), "java.io.IOException");
    registry.mcpServer("ping", null).record(ms(1), null);
    example(registry.mcpServer("ping", null), ms(1), null, 7, clock);
    registry.mcpServer(null, null).record(ms(61_000), null);
  }

  private static void secondMinute(Registry registry, Clock clock) {
    AdapterMetrics full = registry.adapter("openai", "gpt-4o-mini", "chat", "v2-concise");
    for (int i = 1; i <= 30; i++) {
      full.record(-1, ms(7L * i), -1, -1, -1, micros(7100L * i), i, 2L * i, i % 3, null);
    }
    full.record(-1, ms(70), -1, -1, -1, ms(72), -1, -1, -1, "rate_limit");
    example(full, ms(72), "rate_limit", 8, clock);
    registry.adapter("mistral", "new", "chat", null).recordInterChunk(ms(3));
    registry.adapter("bedrock", "under-way", "chat", null).end();
    registry.adapter("bedrock", "under-way", "embeddings", null).end();
    registry.tool("read_file", "v2-concise").recordFailure(ms(700), "ENOENT");
    registry.mailbox("requests", "activemq").recordReceived(2, ms(16));
    registry.mailbox("requests", "activemq").recordDepth(3);
    registry.mcpServer("ping", null).record(ms(2), null);
  }

  private static void example(
      CallSeries series, long nanos, String errorType, int span, Clock clock) {
    series.keepExemplar(
        nanos, errorType, TRACE, String.format("%016x", span), clock.millis() + span);
  }

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static long micros(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }
}
