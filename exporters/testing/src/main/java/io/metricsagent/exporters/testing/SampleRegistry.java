package io.metricsagent.exporters.testing;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A registry with a clock that tests move, and recordings that look like an application's. */
public final class SampleRegistry {
  /** When recording began. */
  public static final Instant START = Instant.parse("2024-01-15T10:29:00Z");

  private final SettableClock clock = new SettableClock();
  private final Registry registry;

  /** Makes an empty registry of worker {@code worker-1}. */
  public SampleRegistry() {
    this("worker-1");
  }

  /** Makes an empty registry. */
  public SampleRegistry(String worker) {
    registry =
        new Registry(
            new RegistrySettings(START, worker, "shop", null, 1000, "1.2.3"), clock, () -> {});
    registry.instrumentations(() -> List.of(new InstrumentationSnapshot("langchain4j", 7, 1, 0)));
    clock.now = START.plusSeconds(60);
  }

  /** Returns the registry. */
  public Registry registry() {
    return registry;
  }

  /** Returns the clock. */
  public Clock clock() {
    return clock;
  }

  /** Moves the clock, also backwards. */
  public SampleRegistry pass(Duration time) {
    clock.now = clock.now.plus(time);
    return this;
  }

  /** Returns what was recorded. */
  public MetricsSnapshot snapshot() {
    return registry.snapshot();
  }

  /** Records some of everything, in fixed amounts. */
  public SampleRegistry recordEverything() {
    var adapter = registry.adapter("openai", "gpt-4o-mini", "chat", "v2-concise");
    adapter.record(ms(2), ms(900), ms(3), ms(40), ms(120), ms(950), 1200, 80, 1000, null);
    adapter.record(ms(1), ms(30), ms(1), 0, -1, ms(33), 40, 7, -1, null);
    adapter.record(-1, ms(70), -1, -1, -1, ms(71), -1, -1, -1, "rate_limit");
    adapter.recordThrottle();
    adapter.recordInterChunk(ms(20));
    adapter.recordInterChunk(ms(35));
    registry
        .adapter("anthropic", null, null)
        .record(ms(1), ms(2), ms(3), ms(4), -1, ms(10), 10, 20, -1, null);
    registry.recordToolCall("read_file", 12, true, null);
    registry.recordToolCall("read_file", 700, false, "ENOENT");
    registry.recordToolCall("read_file", 5, false, null);
    registry.recordMessageReceived("requests", 1, 250);
    registry.recordMessageReceived("requests", 3, 90_000);
    registry.recordMessageAck("requests");
    registry.recordMessageNack("requests");
    registry.recordMessageExpired("requests");
    registry.recordMessageDeadLettered("requests");
    registry.recordQueueDepth("requests", 17);
    registry.mailbox("orders", "kafka").recordReceived(1, ms(8));
    registry.mailbox("orders", "kafka").recordOldestAge(1500);
    return this;
  }

  /** Records requests of the Model Context Protocol, in fixed amounts. */
  public SampleRegistry recordMcp() {
    registry.mcpClient("initialize", null).record(ms(300), null);
    registry.mcpClient("tools/call", "price").record(ms(12), null);
    registry.mcpClient("tools/call", "price").record(ms(700), "tool_error");
    registry.mcpClient("tools/call", "price").record(ms(5), "-32603");
    registry.mcpServer("ping", null).record(ms(1), null);
    registry.mcpServer(null, null).record(ms(60_000), null);
    return this;
  }

  /** Records tool calls whose latencies are log-normal around 100 ms, always the same ones. */
  public SampleRegistry recordCalls(String tool, int calls, double sigma) {
    Random random = new Random(calls);
    for (int i = 0; i < calls; i++) {
      registry.tool(tool).recordSuccess((long) (1e8 * Math.exp(sigma * random.nextGaussian())));
    }
    return this;
  }

  /** Records a request that the application gave up after 40 ms. */
  public SampleRegistry recordCancelled(String adapter) {
    registry
        .adapter(adapter, null, null)
        .record(0, ms(40), 0, 0, -1, ms(40), -1, -1, -1, Outcomes.CANCELLED);
    return this;
  }

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
