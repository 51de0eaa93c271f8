package io.metricsagent.agent.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlushLoopTest {
  @Test
  void whoIsAskedIsThereBeforeTheFirstFlushAndOthersAreNot() throws Exception {
    Instant start = Instant.parse("2024-01-15T10:29:00Z");
    Registry registry =
        new Registry(
            new RegistrySettings(start, "worker-1", "shop", null, 10, "1.2.3"),
            Clock.fixed(start, ZoneOffset.UTC),
            () -> {});
    CompletableFuture<Supplier<MetricsSnapshot>> asked = new CompletableFuture<>();
    AtomicBoolean lazy = new AtomicBoolean();
    SinkSource sinks =
        new SinkSource() {
          @Override
          public List<MetricsSink> early(Supplier<MetricsSnapshot> current) {
            asked.complete(current);
            return List.of();
          }

          @Override
          public List<MetricsSink> lazy() {
            lazy.set(true);
            return List.of();
          }

          @Override
          public String dump(MetricsSnapshot snapshot) {
            return "/dumps/" + snapshot.tools().size();
          }

          @Override
          public String json(MetricsSnapshot snapshot) {
            return "{}";
          }
        };
    FlushLoop loop = new FlushLoop(() -> registry, TimeUnit.HOURS.toNanos(1), sinks);
    Thread thread = new Thread(loop::run);
    thread.start();
    Supplier<MetricsSnapshot> current = asked.get(10, TimeUnit.SECONDS);
    registry.recordToolCall("search", 12, true, null);
    assertThat(current.get()).isEqualTo(registry.snapshot());
    assertThat(lazy).isFalse();
    loop.stop();
    thread.join();
    assertThat(lazy).isTrue();
  }
}
