package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of LangChain4j that return a future or a publisher. No provider's model does so yet: these
 * models are the application's own and use the library's HTTP client.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4jAsyncIT {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(StubRun::of);

  private static final String CHAT = "chat";

  private static FinishedRun run;
  private static Dump dump;
  private static Ledger ledger;

  LangChain4jAsyncIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-async"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun stubbed = RUNS.of(setup);
    ledger = stubbed.ledger();
    dump = stubbed.dump();
  }

  /** The first model was called once by a blocking method, and twice by an asynchronous one. */
  @ParameterizedTest
  @CsvSource({
    "success,chat,3",
    "throttled,chat,1",
    "concurrent,chat,32",
    "virtual,chat,1",
    "streamed,chat,2",
    "collected,chat,1",
    "embedding,embeddings,2",
    "embedding-throttled,embeddings,1"
  })
  void countsEachAnswerAndItsTokensOnce(String model, String operation, long requests) {
    Account account = ledger.account(model, operation);
    Adapter adapter = dump.adapter(model, operation);

    assertThat(account.answered()).isEqualTo(requests);
    assertThat(adapter.name()).isEqualTo("openai");
    assertThat(adapter.count("request_count")).isEqualTo(requests);
    assertThat(adapter.count("error_count")).isZero();
    assertThat(adapter.count("throttle_count")).isEqualTo(account.throttled());
    assertThat(adapter.count("input_tokens")).isEqualTo(account.inputTokens()).isPositive();
    assertThat(adapter.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(adapter.latency("total_latency").count()).isEqualTo(requests);
  }

  /** The model's asynchronous method calls the blocking one on another thread. */
  @ParameterizedTest
  @ValueSource(strings = {"blocking", "above-first", "above-second"})
  void countsAModelWhoseThreadsWaitOnce(String model) {
    assertThat(ledger.account(model, CHAT).answered()).isEqualTo(1);
    assertThat(dump.adapter(model, CHAT).count("request_count")).isEqualTo(1);
    assertThat(dump.adapter(model, CHAT).count("input_tokens"))
        .isEqualTo(ledger.account(model, CHAT).inputTokens());
    assertThat(dump.adapter(model, CHAT).latency("render_latency").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exhausted", "failed", "malformed", "stream-exhausted", "stream-failed"})
  void countsACallThatFailedOnceHoweverOftenItWasRetried(String model) {
    Adapter failed = dump.adapter(model, CHAT);

    assertThat(failed.count("request_count")).isEqualTo(1);
    assertThat(failed.count("error_count")).isEqualTo(1);
    assertThat(failed.errorTypes().values()).containsExactly(1L);
    assertThat(failed.count("throttle_count")).isEqualTo(ledger.account(model, CHAT).throttled());
    assertThat(failed.count("input_tokens")).isZero();
  }

  @Test
  void throttlesThereWere() {
    assertThat(ledger.account("throttled", CHAT).throttled()).isEqualTo(1);
    assertThat(ledger.account("exhausted", CHAT).throttled()).isEqualTo(2);
    assertThat(ledger.account("stream-exhausted", CHAT).throttled()).isEqualTo(1);
  }

  @Test
  void tellsAFutureThatWasCancelledFromOneThatTimedOut() {
    Adapter givenUp = dump.adapter("given-up", CHAT);
    assertThat(givenUp.count("request_count")).isEqualTo(1);
    assertThat(givenUp.count("cancelled_count")).isEqualTo(1);
    assertThat(givenUp.count("error_count")).isZero();

    Adapter late = dump.adapter("given-up-late", CHAT);
    assertThat(late.count("request_count")).isEqualTo(1);
    assertThat(late.errorTypes()).isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
  }

  @Test
  void tellsAStreamThatWasCancelled() {
    Adapter cancelled = dump.adapter("cancelled", CHAT);
    assertThat(cancelled.count("request_count")).isEqualTo(1);
    assertThat(cancelled.count("cancelled_count")).isEqualTo(1);
    assertThat(cancelled.count("error_count")).isZero();
    assertThat(cancelled.latency("time_to_first_token").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "success,chat",
    "throttled,chat",
    "concurrent,chat",
    "virtual,chat",
    "embedding,embeddings"
  })
  void timesThePhasesOfTheClientBelow(String model, String operation) {
    Adapter adapter = dump.adapter(model, operation);
    long requests = adapter.count("request_count");

    assertThat(adapter.latency("render_latency").count()).isEqualTo(requests);
    assertThat(adapter.latency("call_latency").count()).isEqualTo(requests);
    assertThat(adapter.latency("parse_latency").count()).isEqualTo(requests);
    assertThat(adapter.phases()).isLessThanOrEqualTo(adapter.latency("total_latency").sum() + 1);
  }

  /** The library waits 500 ms before it retries. */
  @Test
  void leavesTheWaitBeforeAnotherAttemptOutOfThePhases() {
    assertThat(dump.adapter("throttled", CHAT).waits()).isGreaterThan(250);
  }

  @Test
  void timesAStreamToItsFirstPieceAndFromEachToTheNext() {
    Adapter streamed = dump.adapter("streamed", CHAT);
    assertThat(streamed.latency("render_latency").count()).isEqualTo(2);
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(2);
    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(2 * 9);
  }

  /**
   * Routers choose a model at once or on another thread; a fallback asks the second model if the
   * first one failed.
   */
  @ParameterizedTest
  @CsvSource({"routed,2", "later,1", "fallback-second,1", "stream-routed,1"})
  void countsARouterByTheModelsThatItAsked(String model, long requests) {
    Adapter asked = dump.adapter(model, CHAT);
    assertThat(asked.count("request_count")).isEqualTo(requests);
    assertThat(asked.count("error_count")).isZero();
    assertThat(asked.count("input_tokens")).isEqualTo(ledger.account(model, CHAT).inputTokens());
  }

  @Test
  void countsTheModelThatFailedBeforeAnother() {
    Adapter first = dump.adapter("fallback-first", CHAT);
    assertThat(first.count("request_count")).isEqualTo(1);
    assertThat(first.count("error_count")).isEqualTo(1);
  }

  /**
   * Routers, models without asynchronous methods, and a publisher without a subscriber send no
   * request themselves.
   */
  @Test
  void makesNoSeriesOfAModelThatAsksNobody() {
    assertThat(dump.adapters())
        .allMatch(adapter -> adapter.name().equals("openai"))
        .extracting(adapter -> adapter.json().path("model").asString(""))
        .doesNotContain("unsubscribed", "not-routed", "stream-not-routed", "")
        .doesNotHaveDuplicates();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
  }
}
