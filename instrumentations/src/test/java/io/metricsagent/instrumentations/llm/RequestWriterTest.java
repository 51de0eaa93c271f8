package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.Test;

/** What is recorded of a request that ended. Times are in nanoseconds. */
class RequestWriterTest {
  private final Registry registry = Chats.registry();
  private final RequestWriter writer = new RequestWriter(new Telemetry(registry));
  private final RequestFrame request = RequestFrame.apart(this, "request", 0);
  private final long start = request.startNanos();

  private AdapterSnapshot recorded() {
    return registry.snapshot().adapters().get(0);
  }

  private void write(long nanos, long firstTokenNanos, Throwable error) {
    writer.write(request, "chat", start + nanos, firstTokenNanos, "response", error);
  }

  @Test
  void splitsTheTotalByTheAttempts() {
    request.facts().learnProvider("openai");
    request.facts().learnModel("gpt");
    request.facts().tokens().add(10, 5, 1);
    request.attempts().add(start + 100, start + 400);
    write(1000, start + 300, null);

    AdapterSnapshot openai = recorded();
    assertThat(openai.adapter()).isEqualTo("openai");
    assertThat(openai.model()).isEqualTo("gpt");
    assertThat(openai.operation()).isEqualTo("chat");
    assertThat(openai.renderLatency().sumNanos()).isEqualTo(100);
    assertThat(openai.callLatency().sumNanos()).isEqualTo(300);
    assertThat(openai.parseLatency().sumNanos()).isEqualTo(600);
    assertThat(openai.totalLatency().sumNanos()).isEqualTo(1000);
    assertThat(openai.timeToFirstToken().sumNanos()).isEqualTo(300);
    assertThat(openai.inputTokenCount()).isEqualTo(10);
    assertThat(openai.errorCount()).isZero();
    assertThat(FrameStack.current().lastAnswer().seriesOf("response")).isNotNull();
  }

  @Test
  void withoutAttemptsTheWholeRequestIsItsCall() {
    write(1000, Tokens.UNKNOWN, null);

    AdapterSnapshot unknown = recorded();
    assertThat(unknown.adapter()).isEqualTo("unknown");
    assertThat(unknown.callLatency().sumNanos()).isEqualTo(1000);
    assertThat(unknown.renderLatency().count()).isZero();
    assertThat(unknown.parseLatency().count()).isZero();
    assertThat(unknown.timeToFirstToken().count()).isZero();
  }

  @Test
  void eachModelProviderAndOperationHasItsOwnSeries() {
    AdapterMetrics first = writer.series("openai", "gpt", "chat", null);

    assertThat(writer.series("openai", "gpt-mini", "chat", null)).isNotSameAs(first);
    assertThat(writer.series("azure", "gpt", "chat", null)).isNotSameAs(first);
    assertThat(writer.series("openai", "gpt", "embeddings", null)).isNotSameAs(first);
    assertThat(writer.series("openai", null, "chat", null)).isNotSameAs(first);
    assertThat(writer.series("openai", "gpt", "chat", null)).isSameAs(first);
  }

  @Test
  void aStreamHasNoParsePhase() {
    request.attempts().began(start + 100);
    request.attempts().streamEnded(start + 1000, Tokens.UNKNOWN, 0);
    write(1000, Tokens.UNKNOWN, null);

    assertThat(recorded().callLatency().sumNanos()).isEqualTo(900);
    assertThat(recorded().parseLatency().count()).isZero();
  }

  @Test
  void countsThrottlesOfAttemptsAndOtherwiseTheErrorThatReportsOne() {
    Throwable limit = Errors.ofType("rate_limit_exceeded");
    write(1, Tokens.UNKNOWN, limit);
    assertThat(recorded().throttleCount()).isEqualTo(1);
    request.attempts().throttled();
    request.attempts().throttled();
    write(1, Tokens.UNKNOWN, new IllegalStateException());

    assertThat(recorded().throttleCount()).isEqualTo(3);
    assertThat(recorded().errorCount()).isEqualTo(2);
  }

  @Test
  void anInnerRequestThatAnotherOneFollowedIsRecordedByItself() {
    request.attempts().add(start + 100, start + 400);
    request
        .innerOrNew()
        .remember("openai", "gpt", "chat", new IllegalStateException(), start, start + 500);
    request.anotherBegins();
    writer.write(request, request.inner());

    AdapterSnapshot openai = recorded();
    assertThat(openai.model()).isEqualTo("gpt");
    assertThat(openai.errorCount()).isEqualTo(1);
    assertThat(openai.renderLatency().sumNanos()).isEqualTo(100);
    assertThat(openai.totalLatency().sumNanos()).isEqualTo(500);
  }
}
