package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sinks that a test holds in its hand. */
final class Sources implements SinkSource {
  final List<SinkPlan> early = new ArrayList<>();
  final List<SinkPlan> lazy = new ArrayList<>();

  /** A sink whose answers the test gives. */
  static class Receiver implements MetricsSink {
    final List<MetricsSnapshot> exports = new ArrayList<>();
    CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    int closed;
    private final String name;

    Receiver(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
      exports.add(snapshot);
      return answer;
    }

    @Override
    public void close() {
      closed++;
    }

    /** The calls of tools that the receiver was told last. */
    long toolCalls() {
      return Sources.toolCalls(exports.get(exports.size() - 1));
    }
  }

  static long toolCalls(MetricsSnapshot snapshot) {
    return snapshot.tools().stream().mapToLong(tool -> tool.callCount()).sum();
  }

  static Registry registry() {
    return new Registry(
        new RegistrySettings(Instant.EPOCH, "worker-1", "shop", null, 10, "test"),
        Clock.systemUTC(),
        () -> {});
  }

  static SinkPlan plan(String name, Callable<MetricsSink> opener) {
    return new SinkPlan() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<MetricsSink> open() throws Exception {
        return List.of(opener.call());
      }
    };
  }

  Sources with(MetricsSink... sinks) {
    for (MetricsSink sink : sinks) {
      lazy.add(plan(sink.name(), () -> sink));
    }
    return this;
  }

  @Override
  public List<SinkPlan> early(Supplier<MetricsSnapshot> current) {
    return early;
  }

  @Override
  public List<SinkPlan> lazy() {
    return lazy;
  }

  @Override
  public String dump(MetricsSnapshot snapshot) {
    return "/dumps/" + snapshot.tools().size();
  }

  @Override
  public String json(MetricsSnapshot snapshot) {
    return "{}";
  }
}
