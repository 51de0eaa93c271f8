package io.metricsagent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An application that is built with the interface runs without the agent. */
class WithoutAgentTest {
  private final MetricsCollector collector = MetricsAgentApi.collector();

  @Test
  void thereIsOneCollector() {
    assertThat(MetricsAgentApi.collector()).isNotNull().isSameAs(collector);
  }

  @Test
  void nothingIsRecordedAndTheSnapshotIsAnEmptyObject() {
    collector.recordAdapterCall(AdapterCall.of("acme").callMillis(1));
    collector.recordToolCall("search", 1, true, null);

    assertThat(collector.snapshot()).isEqualTo("{}");
    assertThat(collector.snapshotAndReset()).isEqualTo("{}");
  }

  @Test
  void acceptsAllValues() {
    Consumer<MetricsCollector> badCalls =
        metrics -> {
          metrics.recordAdapterCall(null);
          metrics.recordAdapterCall(AdapterCall.of(null).renderMillis(-1));
          metrics.recordToolCall(null, -1, false, null);
          metrics.recordToolCall(null, -1, false, null, null);
          metrics.recordMessageReceived(null, -1, -1);
          metrics.recordMessageAck(null);
          metrics.recordMessageNack(null);
          metrics.recordMessageExpired(null);
          metrics.recordMessageDeadLettered(null);
          metrics.recordQueueDepth(null, -1);
          metrics.reset();
        };

    badCalls.accept(collector);
    assertThat(collector.snapshot()).isEqualTo("{}");
  }

  @Test
  void runsDoNothing() {
    AgentRuns runs = MetricsAgentApi.runs();
    assertThat(runs).isSameAs(MetricsAgentApi.runs());
    try (AgentRun run = runs.begin(null)) {
      run.record(null, null);
      run.set(null, 1);
      run.failed(null);
      assertThat(run.id()).isEmpty();
      assertThat(runs.current().id()).isEmpty();
    }
  }
}
