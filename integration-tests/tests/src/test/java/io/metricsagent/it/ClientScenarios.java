package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests for every client of a model: the agent's counts are those of the stub server. The
 * applications give each scenario a model of its own, named after the scenario.
 */
@ExtendWith(ShowRuns.class)
abstract class ClientScenarios {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(StubRun::of);

  static Dump dump;
  static Ledger ledger;

  final Setup setup;

  ClientScenarios(Setup setup) {
    this.setup = setup;
  }

  /** Runs the applications of a test class in this order, two at a time. */
  static List<Setup> planned(List<Setup> setups) {
    return RUNS.plan(setups);
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun run = RUNS.of(setup);
    ledger = run.ledger();
    dump = run.dump();
  }

  /** Returns what the agent calls the rules that are tested. */
  abstract String instrumentation();

  /** Returns what the agent calls the provider. */
  abstract String provider();

  /** Returns how often the application makes each call that fails. */
  abstract long failedCalls();

  @ParameterizedTest
  @ValueSource(strings = {"success", "streamed", "tools", "throttled", "concurrent", "virtual"})
  void countsEachAnswerAndItsTokensOnce(String model) {
    Adapter chat = dump.adapter(model, "chat");
    Account account = told(model, ledger.account(model, "chat"));

    assertThat(account.answered()).isPositive();
    assertThat(chat.name()).isEqualTo(provider());
    assertThat(chat.count("request_count")).isEqualTo(account.answered());
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(chat.count("cached_tokens")).isEqualTo(account.cachedTokens());
    assertThat(chat.latency("total_latency").count()).isEqualTo(account.answered());
  }

  /** Returns the tokens that the client passes on of those that the server sent for a model. */
  Account told(String model, Account sent) {
    return sent;
  }

  @Test
  void countsConcurrentCalls() {
    assertThat(dump.adapter("concurrent", "chat").count("request_count")).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "throttled", "exhausted", "stream-exhausted", "failed"})
  void countsThrottlesThoughRetriesHideThem(String model) {
    assertThat(dump.adapter(model, "chat").count("throttle_count"))
        .isEqualTo(ledger.account(model, "chat").throttled());
  }

  @Test
  void throttlesThereWere() {
    assertThat(ledger.account("throttled", "chat").throttled()).isPositive();
    assertThat(ledger.account("exhausted", "chat").throttled()).isPositive();
    assertThat(ledger.account("stream-exhausted", "chat").throttled()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exhausted", "failed", "malformed", "timeout"})
  void countsAFailedCallOnceHoweverOftenItWasRetried(String model) {
    Adapter failing = dump.adapter(model, "chat");
    long calls = failedCalls();

    assertThat(failing.count("request_count")).isEqualTo(calls);
    assertThat(failing.count("error_count")).isEqualTo(calls);
    assertThat(failing.errorTypes().values()).containsExactly(calls);
    assertThat(failing.count("input_tokens")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-exhausted", "stream-failed"})
  void countsAStreamThatFailedOnce(String model) {
    Adapter failing = dump.adapter(model, "chat");

    assertThat(failing.count("request_count")).isEqualTo(1);
    assertThat(failing.count("error_count")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "thrower"})
  void tellsAStreamThatNobodyReadToItsEnd(String model) {
    Adapter cancelled = dump.adapter(model, "chat");

    assertThat(cancelled.count("request_count")).isEqualTo(1);
    assertThat(cancelled.count("cancelled_count")).isEqualTo(1);
    assertThat(cancelled.count("error_count")).isZero();
    assertThat(cancelled.errorTypes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "tools", "throttled", "concurrent", "virtual"})
  void timesEveryPhaseOfEachCall(String model) {
    Adapter chat = dump.adapter(model, "chat");
    long requests = chat.count("request_count");

    assertThat(
            List.of(
                chat.latency("render_latency").count(),
                chat.latency("call_latency").count(),
                chat.latency("parse_latency").count()))
        .containsOnly(requests);
    assertThat(chat.phases()).isLessThanOrEqualTo(chat.latency("total_latency").sum() + 1);
    assertThat(chat.latency("time_to_first_token").count()).isZero();
  }

  @Test
  void leavesTheWaitBeforeAnotherAttemptOutOfThePhases() {
    Adapter throttled = dump.adapter("throttled", "chat");

    assertThat(throttled.waits()).isGreaterThan(250.0 * throttled.count("throttle_count"));
  }

  @Test
  void timesAStreamToItsLastPieceAndToItsFirst() {
    Adapter streamed = dump.adapter("streamed", "chat");
    long requests = streamed.count("request_count");

    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(requests);
    // The stub waits 40 ms after each of the ten pieces.
    assertThat(streamed.latency("total_latency").min()).isGreaterThan(10 * 40);
    assertThat(streamed.latency("time_to_first_token").sum())
        .isLessThan(streamed.latency("total_latency").sum() - requests * 8 * 40);
    assertThat(streamed.latency("call_latency").count()).isEqualTo(requests);
  }

  @Test
  void timesEachPieceOfAStreamAfterTheFirst() {
    Adapter streamed = dump.adapter("streamed", "chat");
    long requests = streamed.count("request_count");

    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(requests * 9);
    // The stub waits 40 ms. The application does not wait for pieces that arrive while it handles
    // the first one, for which it has to load classes.
    assertThat(streamed.latency("inter_chunk_latency").max()).isGreaterThanOrEqualTo(35);
    assertThat(streamed.latency("inter_chunk_latency").sum())
        .isGreaterThanOrEqualTo(requests * 9 * 10)
        .isLessThan(streamed.latency("total_latency").sum());
    assertThat(dump.adapter("late", "chat").latency("inter_chunk_latency").count()).isEqualTo(9);
    assertThat(dump.adapter("success", "chat").latency("inter_chunk_latency").count()).isZero();
  }

  /** The application takes 60 ms for each piece; meanwhile the next one arrives. */
  @Test
  void leavesTheApplicationsOwnTimeOutOfThatBetweenPieces() {
    Adapter unhurried = dump.adapter("unhurried", "chat");
    long requests = unhurried.count("request_count");

    assertThat(unhurried.latency("inter_chunk_latency").count()).isEqualTo(requests * 9);
    assertThat(
            unhurried.latency("total_latency").sum()
                - unhurried.latency("inter_chunk_latency").sum())
        .isGreaterThanOrEqualTo(requests * 9 * 60);
  }

  /** The stub waits 300 ms between the opening event of a stream and its first piece. */
  @Test
  void takesTheFirstPieceOfContentForTheFirstToken() {
    Adapter late = dump.adapter("late", "chat");

    assertThat(late.latency("time_to_first_token").count()).isEqualTo(late.count("request_count"));
    assertThat(late.latency("time_to_first_token").min()).isGreaterThanOrEqualTo(300);
  }

  @Test
  void waitsForATimeoutAsLongAsTheApplicationSaid() {
    assertThat(dump.adapter("timeout", "chat").latency("total_latency").min())
        .isGreaterThanOrEqualTo(380);
  }

  @Test
  void seesNoCallThatTheServerDidNotSee() {
    assumeThat(dump.adapters()).isNotEmpty();
    assertThat(dump.adapters())
        .allMatch(adapter -> adapter.name().equals(provider()))
        .extracting(adapter -> adapter.json().path("model").asString(""))
        .doesNotContain("unsubscribed", "")
        .doesNotHaveDuplicates();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation(instrumentation()).wovenMethods()).isPositive();
    assertThat(dump.instrumentation(instrumentation()).skipped()).isZero();
  }

  /** Asserts that all answers of a model were counted, with all their tokens. */
  final void assertCounted(String model, String operation, long requests) {
    Adapter adapter = dump.adapter(model, operation);
    Account account = told(model, ledger.account(model, operation));

    assertThat(account.answered()).isEqualTo(requests);
    assertThat(adapter.count("request_count")).isEqualTo(requests);
    assertThat(adapter.count("error_count")).isZero();
    assertThat(adapter.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(adapter.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(adapter.count("cached_tokens")).isEqualTo(account.cachedTokens());
  }
}
