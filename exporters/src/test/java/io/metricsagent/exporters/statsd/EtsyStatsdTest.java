package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.testing.EtsyStatsd;
import io.metricsagent.exporters.testing.NodePackages;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the daemon that invented the protocol makes of our lines. */
class EtsyStatsdTest {
  private static EtsyStatsd daemon;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        NodePackages.isAvailable(), "node and npm are not installed: no StatsD daemon to ask");
    daemon = new EtsyStatsd();
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      daemon.close();
    }
  }

  private static void export(SampleRegistry sample, Dialect dialect, String prefix) {
    try (StatsdSink sink =
        new StatsdSink(new StatsdSettings("127.0.0.1", daemon.port(), prefix, 1, dialect))) {
      sink.export(sample.snapshot()).toCompletableFuture().join();
    }
  }

  /** The daemon reads its socket when it gets to it; the last gauge of a flush is its end. */
  private static void awaitGauge(String name) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!daemon.gauges().containsKey(name)) {
      assertThat(System.nanoTime()).as("no gauge " + name).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void countersTimersAndGaugesArriveToTheDigit() throws Exception {
    SampleRegistry sample = new SampleRegistry().recordEverything();
    sample.recordCalls("search", 950, 1.0);
    export(sample, Dialect.DATADOG, "one");
    awaitGauge("one.mailbox.depth;queue=requests;worker=worker-1");
    String openai = ";adapter=openai;experiment=v2-concise;model=gpt-4o-mini;worker=worker-1";
    assertThat(daemon.counters())
        .containsEntry("one.adapter.requests" + openai, 3.0)
        .containsEntry("one.adapter.tokens" + openai, 1327.0)
        .containsEntry("one.tool.calls;tool=search;worker=worker-1", 950.0);
    assertThat(daemon.gauges())
        .containsEntry("one.mailbox.depth;queue=requests;worker=worker-1", 17.0);
    HistogramSnapshot latency =
        sample.snapshot().tools().stream()
            .filter(tool -> tool.toolName().equals("search"))
            .findFirst()
            .orElseThrow()
            .latency();
    List<Double> values =
        daemon.timers().get("one.tool.latency_ms;tool=search;worker=worker-1").stream()
            .sorted()
            .toList();
    assertThat(values).hasSize(950);
    assertThat(values.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(latency.sumMillis(), within(latency.sumMillis() * 0.001));
    double p99 = latency.percentileMillis(0.99);
    assertThat(values.get((int) Math.round(0.99 * 950) - 1)).isCloseTo(p99, within(p99 * 0.03));
    assertThat(daemon.badLines()).isZero();
  }

  @Test
  void manyCallsKeepTheirMeanAndTailInFewLines() throws Exception {
    SampleRegistry sample = new SampleRegistry().recordCalls("bulk", 54_321, 1.0);
    sample.registry().recordQueueDepth("end", 1);
    export(sample, Dialect.GRAPHITE, "two");
    awaitGauge("two.mailbox.depth;queue=end;worker=worker-1");
    assertThat(daemon.counters())
        .containsEntry("two.tool.calls;tool=bulk;worker=worker-1", 54_321.0);
    List<Double> values =
        daemon.timers().get("two.tool.latency_ms;tool=bulk;worker=worker-1").stream()
            .sorted()
            .toList();
    HistogramSnapshot latency = sample.snapshot().tools().get(0).latency();
    double p99 = latency.percentileMillis(0.99);
    assertThat(values.get((int) Math.round(0.99 * values.size()) - 1))
        .isCloseTo(p99, within(p99 * 0.03));
    assertThat(values).hasSizeLessThan(1012);
    assertThat(daemon.badLines()).isZero();
  }
}
