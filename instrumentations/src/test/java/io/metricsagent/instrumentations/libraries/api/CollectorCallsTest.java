package io.metricsagent.instrumentations.libraries.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.metricsagent.api.AdapterCall;
import io.metricsagent.api.MetricsAgentApi;
import io.metricsagent.api.MetricsCollector;
import io.metricsagent.api.TokenUsage;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an application records arrives in the registry: the protocol of the specification. */
class CollectorCallsTest {
  private final Registry registry =
      new Registry(
          new RegistrySettings(Instant.EPOCH, "worker-1", "test", "baseline", 1000, "test"),
          Clock.systemUTC(),
          () -> {});
  private final Telemetry telemetry =
      new Telemetry(
          registry,
          new ActiveSpans(ExemplarFilter.TRACE_BASED),
          snapshot -> "tools: " + snapshot.tools().size());
  private final MetricsCollector collector =
      (MetricsCollector)
          new CollectorHandler(telemetry).exit(this, MetricsAgentApi.collector(), null);

  @Test
  void anAdapterCallIsRecordedWithAllThatIsKnown() {
    collector.recordAdapterCall(
        AdapterCall.of("acme")
            .model("acme-large")
            .operation("chat")
            .renderMillis(1)
            .callMillis(20)
            .parseMillis(3)
            .toolMillis(400)
            .usage(new TokenUsage(7L, 8L, 9L))
            .error("timeout")
            .throttled(true)
            .experiment("v2"));

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.adapter()).isEqualTo("acme");
    assertThat(adapter.model()).isEqualTo("acme-large");
    assertThat(adapter.operation()).isEqualTo("chat");
    assertThat(adapter.experiment()).isEqualTo("v2");
    assertThat(adapter.renderLatency().sumMillis()).isEqualTo(1);
    assertThat(adapter.callLatency().sumMillis()).isEqualTo(20);
    assertThat(adapter.parseLatency().sumMillis()).isEqualTo(3);
    assertThat(adapter.toolLatency().sumMillis()).isEqualTo(400);
    assertThat(adapter.totalLatency().sumMillis()).isEqualTo(424);
    assertThat(adapter.timeToFirstToken().isEmpty()).isTrue();
    assertThat(adapter.inputTokenCount()).isEqualTo(7);
    assertThat(adapter.outputTokenCount()).isEqualTo(8);
    assertThat(adapter.cachedTokens()).isEqualTo(9);
    assertThat(adapter.requestCount()).isEqualTo(1);
    assertThat(adapter.throttleCount()).isEqualTo(1);
    assertThat(adapter.errorTypes()).containsExactly(entry("timeout", 1L));
  }

  @Test
  void unsetValuesAreAbsentAndTheExperimentIsTheDefaultOne() {
    collector.recordAdapterCall(AdapterCall.of("acme").callMillis(5).usage(TokenUsage.of(1, 2)));
    collector.recordAdapterCall(AdapterCall.of("acme").callMillis(5));

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.model()).isNull();
    assertThat(adapter.experiment()).isEqualTo("baseline");
    assertThat(adapter.renderLatency().isEmpty()).isTrue();
    assertThat(adapter.toolLatency().isEmpty()).isTrue();
    assertThat(adapter.totalLatency().sumMillis()).isEqualTo(10);
    assertThat(adapter.inputTokens().count()).isEqualTo(1);
    assertThat(adapter.errorCount()).isZero();
    assertThat(adapter.throttleCount()).isZero();
    assertThat(adapter.requestCount()).isEqualTo(2);
  }

  @Test
  void aPhaseOfZeroMillisecondsIsAKnownOne() {
    collector.recordAdapterCall(AdapterCall.of("acme").renderMillis(0).callMillis(5));

    assertThat(onlyAdapter().renderLatency().count()).isEqualTo(1);
  }

  @Test
  void aRequestThatWasGivenUpIsCancelled() {
    collector.recordAdapterCall(AdapterCall.of("acme").callMillis(5).error("cancelled"));

    assertThat(onlyAdapter().cancelledCount()).isEqualTo(1);
    assertThat(onlyAdapter().errorCount()).isZero();
  }

  @Test
  void aBlankErrorIsOneWhoseTypeIsNotKnown() {
    collector.recordAdapterCall(AdapterCall.of("acme").callMillis(5).error(" "));
    collector.recordToolCall("search", 1, false, "");

    assertThat(onlyAdapter().errorTypes()).containsExactly(entry("_OTHER", 1L));
    assertThat(registry.snapshot().tools().get(0).failureCount()).isEqualTo(1);
    assertThat(registry.snapshot().tools().get(0).errorCodes()).isEmpty();
  }

  @Test
  void aSumOfTimesThatOverflowsIsTheLargestTime() {
    long absurd = Long.MAX_VALUE;
    collector.recordAdapterCall(
        AdapterCall.of("acme").renderMillis(absurd).callMillis(absurd).parseMillis(absurd));

    assertThat(onlyAdapter().totalLatency().maxNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(onlyAdapter().callLatency().specBucketCounts()[17]).isEqualTo(1);
  }

  @Test
  void toolCallsAreSuccessesAndFailuresOfAnExperiment() {
    collector.recordToolCall("search", 10, true, "ignored");
    collector.recordToolCall("search", 20, false, "not_found", " ");
    collector.recordToolCall("search", 30, false, null, "v2");

    ToolSnapshot inBaseline = registry.snapshot().tools().get(0);
    assertThat(inBaseline.experiment()).isEqualTo("baseline");
    assertThat(inBaseline.callCount()).isEqualTo(2);
    assertThat(inBaseline.failureCount()).isEqualTo(1);
    assertThat(inBaseline.errorCodes()).containsExactly(entry("not_found", 1L));
    assertThat(inBaseline.latency().sumMillis()).isEqualTo(30);
    ToolSnapshot inV2 = registry.snapshot().tools().get(1);
    assertThat(inV2.experiment()).isEqualTo("v2");
    assertThat(inV2.callCount()).isEqualTo(1);
    assertThat(inV2.errorCodes()).isEmpty();
  }

  @Test
  void eachEventOfAMessageIsCountedOnItsOwn() {
    collector.recordMessageReceived("requests", 1, 250);
    collector.recordMessageReceived("requests", 3, 750);
    collector.recordMessageAck("requests");
    repeat(2, () -> collector.recordMessageNack("requests"));
    repeat(3, () -> collector.recordMessageExpired("requests"));
    repeat(4, () -> collector.recordMessageDeadLettered("requests"));
    collector.recordQueueDepth("requests", 17);

    MailboxSnapshot mailbox = onlyMailbox();
    assertThat(mailbox.received()).isEqualTo(2);
    assertThat(mailbox.retries()).isEqualTo(2);
    assertThat(mailbox.queueLag().sumMillis()).isEqualTo(1000);
    assertThat(mailbox.acked()).isEqualTo(1);
    assertThat(mailbox.nacked()).isEqualTo(2);
    assertThat(mailbox.expired()).isEqualTo(3);
    assertThat(mailbox.deadLettered()).isEqualTo(4);
    assertThat(mailbox.depth()).isEqualTo(17);
  }

  @Test
  void snapshotsAreTheDocumentsOfTheAgent() {
    collector.recordToolCall("search", 10, true, null);

    assertThat(collector.snapshot()).isEqualTo("tools: 1");
    assertThat(collector.snapshotAndReset()).isEqualTo("tools: 1");
    assertThat(collector.snapshotAndReset()).isEqualTo("tools: 0");
    collector.recordToolCall("search", 10, true, null);
    collector.reset();
    assertThat(collector.snapshot()).isEqualTo("tools: 0");
  }

  @Test
  void badValuesAreDroppedOrCountAsZero() {
    Printed.by(
        () -> {
          collector.recordAdapterCall(null);
          collector.recordAdapterCall(AdapterCall.of(" ").callMillis(1));
          collector.recordAdapterCall(
              AdapterCall.of("acme").callMillis(-1).parseMillis(2).usage(TokenUsage.of(-1, 3)));
          collector.recordToolCall(null, 1, true, null);
          collector.recordToolCall("search", -1, true, null);
          collector.recordMessageReceived(null, 1, 1);
          collector.recordMessageReceived("requests", 0, -1);
          collector.recordMessageAck("");
          collector.recordQueueDepth("requests", -1);
        });

    AdapterSnapshot adapter = onlyAdapter();
    assertThat(adapter.callLatency().maxMillis()).isZero();
    assertThat(adapter.totalLatency().sumMillis()).isEqualTo(2);
    assertThat(adapter.inputTokens().isEmpty()).isTrue();
    assertThat(adapter.outputTokenCount()).isEqualTo(3);
    assertThat(registry.snapshot().tools()).hasSize(1);
    assertThat(registry.snapshot().tools().get(0).latency().maxMillis()).isZero();
    MailboxSnapshot mailbox = onlyMailbox();
    assertThat(mailbox.received()).isEqualTo(1);
    assertThat(mailbox.queueLag().maxMillis()).isZero();
    assertThat(mailbox.retries()).isZero();
    assertThat(mailbox.acked()).isZero();
    assertThat(mailbox.depth()).isNull();
  }

  @Test
  void eachKindOfMistakeIsReportedOnceWithTheLineOfTheApplication() {
    String printed =
        Printed.by(
            () -> {
              repeat(3, () -> collector.recordToolCall("search", -5, true, null));
              repeat(3, () -> collector.recordToolCall(null, 5, true, null));
            });

    assertThat(printed.lines()).hasSize(2);
    assertThat(printed)
        .contains("MetricsCollector.recordToolCall was called at " + getClass().getName())
        .contains("CollectorCallsTest.java:")
        .contains(", where latencyMillis is -5: 0 was recorded. Further such calls")
        .contains(", where tool is null: the call was not recorded. Further such calls");
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  private AdapterSnapshot onlyAdapter() {
    assertThat(registry.snapshot().adapters()).hasSize(1);
    return registry.snapshot().adapters().get(0);
  }

  private MailboxSnapshot onlyMailbox() {
    assertThat(registry.snapshot().mailboxes()).hasSize(1);
    return registry.snapshot().mailboxes().get(0);
  }
}
