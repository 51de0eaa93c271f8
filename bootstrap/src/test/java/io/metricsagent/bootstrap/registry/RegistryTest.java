package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.registry.Registries.MovableClock;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The recording protocol of the metrics specification. */
class RegistryTest {
  private final MovableClock clock = new MovableClock();
  private final Registry registry = new Registry(Registries.settings(null, 1000), clock, () -> {});

  // Adapters

  @Test
  void aPhaseOfZeroMillisecondsIsARecordedOne() {
    recordAdapterCall("openai", 0, 5, 0, 0, null, null, false, null);

    assertThat(onlyAdapter().renderLatency().count()).isEqualTo(1);
    assertThat(onlyAdapter().renderLatency().specBucketCounts()[0]).isEqualTo(1);
    assertThat(onlyAdapter().toolLatency().count()).isEqualTo(1);
  }

  @Test
  void absurdTimesStayTheLargestOnes() {
    long absurd = Long.MAX_VALUE;
    registry.recordToolCall("clock", absurd, true, null);
    registry.recordMessageReceived("requests", 1, absurd);

    assertThat(onlyTool().latency().maxNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(onlyMailbox().queueLag().maxNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tokensAddUp() {
    recordAdapterCall("openai", 0, 1, 0, 0, usage(100L, 20L, 30L), null, false, null);
    recordAdapterCall("openai", 0, 1, 0, 0, usage(1L, 2L, 0L), null, false, null);

    assertThat(onlyAdapter().inputTokenCount()).isEqualTo(101);
    assertThat(onlyAdapter().outputTokenCount()).isEqualTo(22);
    assertThat(onlyAdapter().cachedTokens()).isEqualTo(30);
  }

  @Test
  void missingTokenCountsAddNothing() {
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, null);
    recordAdapterCall("openai", 0, 1, 0, 0, usage(null, null, null), null, false, null);
    recordAdapterCall("openai", 0, 1, 0, 0, usage(7L, null, null), null, false, null);

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.requestCount()).isEqualTo(3);
    assertThat(adapter.inputTokenCount()).isEqualTo(7);
    assertThat(adapter.inputTokens().count()).isEqualTo(1);
    assertThat(adapter.outputTokenCount()).isZero();
    assertThat(adapter.outputTokens().isEmpty()).isTrue();
    assertThat(adapter.cachedTokens()).isZero();
  }

  @Test
  void anAbsurdTokenCountDoesNotTurnTheSumNegative() {
    for (int i = 0; i < 3; i++) {
      long absurd = Long.MAX_VALUE;
      recordAdapterCall("openai", 0, 1, 0, 0, usage(absurd, absurd, absurd), null, false, null);
    }

    assertThat(onlyAdapter().inputTokenCount()).isPositive();
    assertThat(onlyAdapter().cachedTokens()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void errorsAndThrottlesAreIndependentAndBothAreRequests() {
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, null);
    recordAdapterCall("openai", 0, 2, 0, 0, null, "timeout", false, null);
    recordAdapterCall("openai", 0, 3, 0, 0, null, null, true, null);
    recordAdapterCall("openai", 0, 4, 0, 0, null, "rate_limit", true, null);

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.requestCount()).isEqualTo(4);
    assertThat(adapter.errorCount()).isEqualTo(2);
    assertThat(adapter.throttleCount()).isEqualTo(2);
    assertThat(adapter.errorTypes()).containsExactly(entry("rate_limit", 1L), entry("timeout", 1L));
    assertThat(adapter.totalLatency().count()).isEqualTo(4);
    assertThat(adapter.totalLatency().sumMillis()).isEqualTo(10);
  }

  @Test
  void aRequestThatWasGivenUpIsNeitherASuccessNorAnError() {
    for (int i = 0; i < CallSeries.MAX_TYPES + 1; i++) {
      recordAdapterCall("openai", 0, 1, 0, 0, null, "error-" + i, false, null);
    }
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, null);
    recordAdapterCall("openai", 0, 5, 0, 0, null, "cancelled", false, null);

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.cancelledCount()).isEqualTo(1);
    assertThat(adapter.requestCount()).isEqualTo(CallSeries.MAX_TYPES + 3);
    assertThat(adapter.errorCount()).isEqualTo(CallSeries.MAX_TYPES + 1);
    assertThat(adapter.errorTypes()).doesNotContainKey("cancelled");
    assertThat(adapter.succeeded().count()).isEqualTo(1);
    assertThat(adapter.withoutError().sumMillis()).isEqualTo(6);
    assertThat(adapter.totalLatency().count()).isEqualTo(adapter.requestCount());
  }

  @Test
  void timeInToolsCountsThoughTheRequestThatAskedWasReportedBefore() {
    AdapterMetrics series = registry.adapter("openai", "gpt-4o", "chat");
    assertThat(registry.snapshot().adapters()).as("nothing has happened").isEmpty();
    registry.reset();
    series.recordTools(3_000_000);

    assertThat(onlyAdapter().toolLatency().sumMillis()).isEqualTo(3);
    assertThat(onlyAdapter().requestCount()).isZero();
    assertThat(registry.adapterOfModel("gpt-4o", "chat", null)).isSameAs(series);
    assertThat(registry.adapterOfModel("gpt-4o", "embeddings", null)).isNull();
    assertThat(registry.adapterOfModel("gpt-4", "chat", null)).isNull();
    assertThat(registry.adapterOfModel("gpt-4o", "chat", "baseline")).isNull();
  }

  @Test
  void experimentsOfOneAdapterAreSeriesOfTheirOwn() {
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, "baseline");
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, "v2-concise");
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, "baseline");
    recordAdapterCall("openai", 0, 1, 0, 0, null, null, false, null);

    assertThat(registry.snapshot().adapters())
        .extracting(AdapterSnapshot::experiment, AdapterSnapshot::requestCount)
        .containsExactly(tuple(null, 1L), tuple("baseline", 2L), tuple("v2-concise", 1L));
  }

  @Test
  void theDefaultExperimentAppliesWhereNoneIsGiven() {
    Registry tagged = new Registry(Registries.settings("baseline", 1000), clock, () -> {});
    tagged.adapter("openai", null, null).recordTools(1);
    tagged.recordToolCall("clock", 1, true, null);

    assertThat(tagged.experiment(null)).isEqualTo("baseline");
    assertThat(tagged.experiment("v2-concise")).isEqualTo("v2-concise");
    assertThat(tagged.snapshot().adapters().get(0).experiment()).isEqualTo("baseline");
    assertThat(tagged.snapshot().tools().get(0).experiment()).isEqualTo("baseline");
  }

  // Tools

  @Test
  void callsAreSuccessesAndFailures() {
    registry.recordToolCall("read_file", 10, true, null);
    registry.recordToolCall("read_file", 20, false, "not_found");
    registry.recordToolCall("read_file", 30, false, "not_found");
    registry.recordToolCall("read_file", 40, false, null);

    ToolSnapshot tool = onlyTool();
    assertThat(tool.toolName()).isEqualTo("read_file");
    assertThat(tool.callCount()).isEqualTo(4);
    assertThat(tool.successCount()).isEqualTo(1);
    assertThat(tool.failureCount()).isEqualTo(3);
    assertThat(tool.failureRate()).isEqualTo(0.75);
    assertThat(tool.latency().count()).isEqualTo(4);
    assertThat(tool.latency().sumMillis()).isEqualTo(100);
  }

  @Test
  void errorCodesAreCountedForFailuresWithACodeOnly() {
    registry.recordToolCall("read_file", 1, false, "not_found");
    registry.recordToolCall("read_file", 1, false, "denied");
    registry.recordToolCall("read_file", 1, false, "denied");
    registry.recordToolCall("read_file", 1, false, null);
    registry.recordToolCall("read_file", 1, true, "ignored");

    assertThat(onlyTool().errorCodes())
        .containsExactly(entry("denied", 2L), entry("not_found", 1L));
    assertThat(onlyTool().successCount()).isEqualTo(1);
    assertThat(onlyTool().failureCount()).isEqualTo(4);
  }

  @Test
  void aToolWithoutACallHasNoFailureRate() {
    registry.tool("never_called");
    assertThat(onlyTool().failureRate()).isNull();

    registry.recordToolCall("never_called", 1, true, null);
    assertThat(onlyTool().failureRate()).isZero();
  }

  // Mailboxes

  @Test
  void lagIsTheAgeOfMessagesWhenTheyWereReceived() {
    registry.recordMessageReceived("requests", 1, 250);
    registry.recordMessageReceived("requests", 1, 750);
    registry.recordMessageReceived("requests", 1, -3); // the clocks of two hosts differ

    MailboxSnapshot mailbox = onlyMailbox();
    assertThat(mailbox.queueName()).isEqualTo("requests");
    assertThat(mailbox.system()).isNull();
    assertThat(mailbox.received()).isEqualTo(3);
    assertThat(mailbox.queueLag().count()).isEqualTo(3);
    assertThat(mailbox.queueLag().sumMillis()).isEqualTo(1000);
  }

  @Test
  void deliveriesAreCountedInTenSlotsWithAllLaterOnesInTheLast() {
    for (int delivery = 1; delivery <= 12; delivery++) {
      registry.recordMessageReceived("requests", delivery, 0);
    }
    registry.recordMessageReceived("requests", Integer.MAX_VALUE, 0);

    assertThat(onlyMailbox().deliveryCounts())
        .containsExactly(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 4L);
  }

  @Test
  void retriesAreTheSumOfDeliveryCountMinusOneOverAllDeliveries() {
    registry.recordMessageReceived("requests", 1, 0);
    assertThat(onlyMailbox().retries()).isZero();
    registry.recordMessageReceived("requests", 2, 0);
    registry.recordMessageReceived("requests", 3, 0);

    assertThat(onlyMailbox().retries()).isEqualTo(0 + 1 + 2);
  }

  @Test
  void anUnknownDeliveryCountOrAgeIsInNoDistribution() {
    registry
        .mailbox("requests", "kafka")
        .recordReceived(MailboxMetrics.UNKNOWN, MailboxMetrics.UNKNOWN);
    registry.mailbox("requests", "kafka").recordReceivedBatch(10);

    MailboxSnapshot mailbox = onlyMailbox();
    assertThat(mailbox.received()).isEqualTo(11);
    assertThat(mailbox.deliveryCounts()).containsOnly(0L);
    assertThat(mailbox.retries()).isZero();
    assertThat(mailbox.queueLag().isEmpty()).isTrue();
  }

  @Test
  void settlementsAreCountedEachOnItsOwn() {
    registry.recordMessageAck("requests");
    registry.recordMessageNack("requests");
    registry.recordMessageNack("requests");
    registry.recordMessageExpired("requests");
    registry.recordMessageExpired("requests");
    registry.recordMessageExpired("requests");
    registry.recordMessageDeadLettered("requests");

    MailboxSnapshot mailbox = onlyMailbox();
    assertThat(mailbox.acked()).isEqualTo(1);
    assertThat(mailbox.nacked()).isEqualTo(2);
    assertThat(mailbox.expired()).isEqualTo(3);
    assertThat(mailbox.deadLettered()).isEqualTo(1);
    assertThat(mailbox.received()).isZero();
  }

  @Test
  void depthAndOldestAgeAreTheLastOnesAndUnknownBefore() {
    registry.recordMessageAck("requests");
    assertThat(onlyMailbox().depth()).isNull();
    assertThat(onlyMailbox().oldestAgeMillis()).isNull();

    registry.recordQueueDepth("requests", 5);
    registry.recordQueueDepth("requests", 0);
    registry.mailbox("requests", null).recordOldestAge(1234);
    assertThat(onlyMailbox().depth()).isZero();
    assertThat(onlyMailbox().oldestAgeMillis()).isEqualTo(1234);
  }

  @Test
  void queuesOfOneNameInTwoSystemsAreTwoSeries() {
    registry.mailbox("requests", "kafka").recordAcked(1);
    registry.mailbox("requests", "activemq").recordAcked(1);

    assertThat(registry.snapshot().mailboxes())
        .extracting(MailboxSnapshot::system)
        .containsExactly("activemq", "kafka");
  }

  // Model Context Protocol

  @Test
  void requestsOfAMethodAreASeriesASideAndATool() {
    registry.mcpClient("tools/call", "price").record(30_000_000, null);
    registry.mcpClient("tools/call", "price").record(10_000_000, "tool_error");
    registry.mcpClient("ping", null).record(1_000_000, null);
    registry.mcpServer("ping", null).record(2_000_000, null);

    assertThat(registry.snapshot().mcp())
        .extracting(
            McpSnapshot::side,
            McpSnapshot::method,
            McpSnapshot::tool,
            McpSnapshot::requestCount,
            McpSnapshot::errorTypes,
            series -> series.duration().sumMillis())
        .containsExactly(
            tuple("client", "ping", null, 1L, Map.of(), 1.0),
            tuple("client", "tools/call", "price", 2L, Map.of("tool_error", 1L), 40.0),
            tuple("server", "ping", null, 1L, Map.of(), 2.0));
  }

  @Test
  void requestsOfTheProtocolAddUpAndSubtract() {
    registry.mcpServer("tools/list", null).record(1_000_000, "-32603");
    MetricsSnapshot earlier = registry.snapshot();
    registry.mcpServer("tools/list", null).record(2_000_000, null);
    registry.mcpServer("ping", null).record(3_000_000, null);
    MetricsSnapshot later = registry.snapshot();

    assertThat(later.minus(earlier).mcp())
        .extracting(McpSnapshot::method, McpSnapshot::requestCount, McpSnapshot::errorCount)
        .containsExactly(tuple("ping", 1L, 0L), tuple("tools/list", 1L, 0L));
    assertThat(later.minus(later).mcp()).isEmpty();
    assertThat(earlier.plus(later).mcp())
        .extracting(McpSnapshot::method, McpSnapshot::requestCount, McpSnapshot::errorCount)
        .containsExactlyInAnyOrder(tuple("ping", 1L, 0L), tuple("tools/list", 3L, 2L));
  }

  // Snapshots

  @Test
  void aSnapshotSaysWhoseItIsAndWhichTimeItCovers() {
    clock.set(Instant.parse("2024-01-15T10:31:00Z"));
    registry.instrumentations(() -> List.of(new InstrumentationSnapshot("kafka", 3, 1, 0)));

    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.startedAt()).isEqualTo(Registries.START);
    assertThat(snapshot.capturedAt()).isEqualTo(Instant.parse("2024-01-15T10:31:00Z"));
    assertThat(snapshot.workerId()).isEqualTo("worker-1");
    assertThat(snapshot.serviceName()).isEqualTo("shop");
    assertThat(snapshot.agent().version()).isEqualTo("1.2.3");
    assertThat(snapshot.agent().instrumentations())
        .containsExactly(new InstrumentationSnapshot("kafka", 3, 1, 0));
  }

  @Test
  void aSnapshotDoesNotChangeAfterwards() {
    recordOneOfEach();
    MetricsSnapshot snapshot = registry.snapshot();
    recordOneOfEach();

    assertThat(snapshot.adapters().get(0).requestCount()).isEqualTo(1);
    assertThat(snapshot.tools().get(0).callCount()).isEqualTo(1);
    assertThat(snapshot.mailboxes().get(0).received()).isEqualTo(1);
  }

  @Test
  void resetClearsEverythingAndStartsANewPeriod() {
    recordOneOfEach();
    clock.set(Instant.parse("2024-01-15T11:00:00Z"));
    registry.reset();

    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.adapters()).isEmpty();
    assertThat(snapshot.tools()).isEmpty();
    assertThat(snapshot.mailboxes()).isEmpty();
    assertThat(snapshot.mcp()).isEmpty();
    assertThat(snapshot.startedAt()).isEqualTo(Instant.parse("2024-01-15T11:00:00Z"));
  }

  @Test
  void afterAResetOnlyWhatCameLaterIsThere() {
    registry.recordToolCall("read_file", 3_600_000, false, "denied");
    registry.recordToolCall("read_file", 0, true, null);
    registry.reset();
    registry.recordToolCall("read_file", 100, true, null);
    registry.recordToolCall("read_file", 102, true, null);

    ToolSnapshot tool = onlyTool();
    assertThat(tool.callCount()).isEqualTo(2);
    assertThat(tool.errorCodes()).isEmpty();
    HistogramSnapshot latency = tool.latency();
    assertThat(latency.sumMillis()).isEqualTo(202);
    assertThat(latency.minMillis()).isEqualTo(100);
    assertThat(latency.maxMillis()).isEqualTo(102);
  }

  @Test
  void clearedSnapshotsOfManyResetsAddUp() {
    MetricsSnapshot sum = registry.snapshotAndReset();
    for (int i = 0; i < 10; i++) {
      for (int n = 0; n < i; n++) {
        recordOneOfEach();
      }
      sum = sum.plus(registry.snapshotAndReset());
    }

    assertThat(sum.adapters().get(0).requestCount()).isEqualTo(45);
    assertThat(sum.tools().get(0).callCount()).isEqualTo(45);
    assertThat(sum.mailboxes().get(0).retries()).isEqualTo(45);
    assertThat(sum.mcp().get(0).requestCount()).isEqualTo(45);
    assertThat(sum.mailboxes().get(0).queueLag().sumMillis()).isEqualTo(45 * 70.0);
  }

  private void recordOneOfEach() {
    recordAdapterCall("openai", 1, 2, 3, 4, usage(5L, 6L, 7L), "timeout", true, null);
    registry.recordToolCall("read_file", 10, false, "denied");
    registry.recordMessageReceived("requests", 2, 70);
    registry.recordQueueDepth("requests", 3);
    registry.mcpClient("ping", null).record(1_000_000, null);
  }

  private record Usage(Long input, Long output, Long cached) {}

  private static Usage usage(Long input, Long output, Long cached) {
    return new Usage(input, output, cached);
  }

  /** Records a request; phases are milliseconds. */
  private void recordAdapterCall(
      String adapter,
      long render,
      long call,
      long parse,
      long tool,
      Usage usage,
      String error,
      boolean throttled,
      String experiment) {
    AdapterMetrics series = registry.adapter(adapter, null, null, experiment);
    if (throttled) {
      series.recordThrottle();
    }
    series.record(
        render * 1_000_000,
        call * 1_000_000,
        parse * 1_000_000,
        tool * 1_000_000,
        AdapterMetrics.UNKNOWN,
        (render + call + parse + tool) * 1_000_000,
        usage == null ? AdapterMetrics.UNKNOWN : known(usage.input),
        usage == null ? AdapterMetrics.UNKNOWN : known(usage.output),
        usage == null ? AdapterMetrics.UNKNOWN : known(usage.cached),
        error);
  }

  private static long known(Long count) {
    return count == null ? AdapterMetrics.UNKNOWN : count;
  }

  private AdapterSnapshot onlyAdapter() {
    assertThat(registry.snapshot().adapters()).hasSize(1);
    return registry.snapshot().adapters().get(0);
  }

  private ToolSnapshot onlyTool() {
    assertThat(registry.snapshot().tools()).hasSize(1);
    return registry.snapshot().tools().get(0);
  }

  private MailboxSnapshot onlyMailbox() {
    assertThat(registry.snapshot().mailboxes()).hasSize(1);
    return registry.snapshot().mailboxes().get(0);
  }
}
