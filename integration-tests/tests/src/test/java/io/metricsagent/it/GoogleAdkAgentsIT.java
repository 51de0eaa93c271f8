package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents of the ADK and their tools, Claude, and models of the application's own. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class GoogleAdkAgentsIT {
  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> StubRun.of(setup, "agents"));

  private static Dump dump;
  private static Ledger ledger;
  private static String stdout;

  GoogleAdkAgentsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("google-adk/newest", "google-adk/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun stubbed = RUNS.of(setup);
    ledger = stubbed.ledger();
    dump = stubbed.dump();
    stdout = stubbed.run().stdout();
  }

  /** Returns the time that the application printed for {@code name}, in milliseconds. */
  private static double millis(String name) {
    Matcher said = Pattern.compile(name + " took (\\d+) ns").matcher(stdout);
    assertThat(said.find()).as(stdout).isTrue();
    return Long.parseLong(said.group(1)) / 1e6;
  }

  private static void assertCounted(String provider, String model, long requests) {
    Adapter chat = dump.adapter(model, "chat");
    Account account = ledger.account(model, "chat");
    assertThat(account.answered()).isEqualTo(requests);
    assertThat(chat.name()).isEqualTo(provider);
    assertThat(chat.count("request_count")).isEqualTo(requests);
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(chat.count("cached_tokens")).isEqualTo(account.cachedTokens());
    assertThat(chat.count("throttle_count")).isEqualTo(account.throttled());
  }

  /** The ADK does not pass on Claude's cached tokens; the client below has them. */
  @Test
  void countsClaudeOnceAsItsOwnClientSeesIt() {
    assertCounted("anthropic", "claude-success", 2);
    assertCounted("anthropic", "claude-tools", 2);
    assertCounted("anthropic", "claude-throttled", 1);
    assertThat(ledger.account("claude-throttled", "chat").throttled()).isEqualTo(1);
    assertThat(dump.adapter("claude-success", "chat").latency("parse_latency").count())
        .isEqualTo(2);
    assertThat(dump.adapter("claude-tools", "chat").latency("tool_latency").count()).isEqualTo(1);
  }

  @Test
  void countsClaudeOnManyThreads() {
    assertCounted("anthropic", "claude-concurrent", 32);
    assertCounted("anthropic", "claude-virtual", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-exhausted", "claude-failed", "claude-malformed"})
  void countsCallsOfClaudeThatFailOnce(String model) {
    Adapter failed = dump.adapter(model, "chat");
    assertThat(failed.count("request_count")).isEqualTo(1);
    assertThat(failed.count("error_count")).isEqualTo(1);
    assertThat(failed.count("throttle_count")).isEqualTo(ledger.account(model, "chat").throttled());
  }

  /** The server's ledger does not count clients that stopped waiting. */
  @Test
  void countsACallOfClaudeThatTakesTooLongAsAnError() {
    Adapter failed = dump.adapter("claude-timeout", "chat");
    assertThat(failed.count("request_count")).isEqualTo(1);
    assertThat(failed.errorTypes().values()).containsExactly(1L);
    assertThat(failed.latency("total_latency").min()).isGreaterThanOrEqualTo(380);
  }

  /**
   * One tool throws, and the ADK makes a map of the exception; one returns such a map; one is
   * called without arguments.
   */
  @Test
  void countsToolsThatFailThoughTheModelIsOnlyTold() {
    assertThat(dump.tool("broken").errorCodes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
    assertThat(dump.tool("refuse").errorCodes()).isEqualTo(Map.of("tool_error", 1L));
    assertThat(dump.tool("stock").errorCodes()).isEqualTo(Map.of("invalid_arguments", 1L));
    assertCounted("gcp.gemini", "fumbler", 2);
  }

  @Test
  void countsEachToolOfAnAnswer() {
    assertThat(dump.tool("stock").count("success_count")).isEqualTo(1);
    assertThat(dump.tool("price").count("success_count")).isGreaterThanOrEqualTo(2);
    assertThat(dump.adapter("pair", "chat").latency("tool_latency").count()).isEqualTo(1);
  }

  /** A name that a model invented must not become a series. */
  @Test
  void countsToolsThatDoNotExistUnderOneName() {
    assertThat(dump.tool("_unknown").errorCodes()).isEqualTo(Map.of("unknown_tool", 1L));
    assertThat(dump.tools()).extracting(Dump.Tool::name).doesNotContain("unicorn");
  }

  @Test
  void countsTheModelOfAnAgentThatIsATool() {
    assertCounted("gcp.gemini", "planner", 2);
    assertCounted("gcp.gemini", "expert", 1);
    assertThat(dump.tool("expert").count("success_count")).isEqualTo(1);
    assertThat(dump.adapter("planner", "chat").latency("tool_latency").count()).isEqualTo(1);
    assertThat(dump.adapter("expert", "chat").latency("tool_latency").count()).isZero();
  }

  @Test
  void countsNoToolThatWaitsForConsent() {
    assertThat(dump.tools()).extracting(Dump.Tool::name).doesNotContain("sell");
  }

  @Test
  void timesToolsThatAnswerOnAnotherThread() {
    assertThat(dump.tool("late").latency().min()).isGreaterThanOrEqualTo(190);
    assertThat(dump.tool("lost").errorCodes()).isEqualTo(Map.of("java.io.IOException", 1L));
  }

  @Test
  void countsAToolThatIsCalledAgainRightAfterItsEnd() {
    assertThat(dump.adapter("own-stubborn", "chat").count("request_count")).isEqualTo(3);
    assertThat(dump.tool("price").count("success_count")).isEqualTo(4);
    assertThat(dump.adapter("own-stubborn", "chat").latency("tool_latency").count()).isEqualTo(2);
  }

  /** The second request is made while the thread is still in the subscription to the first. */
  @Test
  void countsARequestThatIsMadeWithTheAnswerOfAnother() {
    Adapter chained = dump.adapter("own-chained", "chat");
    assertThat(chained.count("request_count")).isEqualTo(2);
    assertThat(chained.latency("total_latency").sum()).isLessThanOrEqualTo(millis("own-chained"));
  }

  /** The model takes 100 ms to answer, and the ADK's agent then runs a tool of 400 ms. */
  @ParameterizedTest
  @ValueSource(strings = {"eager", "lazy"})
  void countsAModelOfTheApplicationsOwnWithoutWhatFollows(String name) {
    Adapter own = dump.adapter("own-" + name, "chat");
    assertThat(own.name()).isEqualTo(name);
    assertThat(own.count("request_count")).isEqualTo(2);
    assertThat(own.count("error_count")).isZero();
    assertThat(own.count("input_tokens")).isEqualTo(20);
    assertThat(own.count("output_tokens")).isEqualTo(6);
    assertThat(own.count("cached_tokens")).isEqualTo(8);
    assertThat(own.latency("total_latency").min()).isGreaterThanOrEqualTo(100);
    assertThat(own.latency("total_latency").sum() + own.latency("tool_latency").sum())
        .isLessThanOrEqualTo(millis("own-" + name));
    assertThat(own.latency("tool_latency").count()).isEqualTo(1);
    assertThat(own.latency("tool_latency").min()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void countsEachSubscriptionAndNothingBeforeIt() {
    Adapter delayed = dump.adapter("own-delayed", "chat");
    assertThat(delayed.count("request_count")).isEqualTo(2);
    assertThat(delayed.latency("total_latency").sum()).isLessThanOrEqualTo(millis("own-delayed"));
    assertThat(dump.adapters())
        .extracting(adapter -> adapter.json().path("model").asString(""))
        .doesNotContain("own-forgotten");
  }

  @Test
  void seesHowAStreamOfTheApplicationsOwnEnds() {
    Adapter streamed = dump.adapter("own-streamed", "chat");
    assertThat(streamed.count("input_tokens")).isEqualTo(10);
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(1);
    // Four pieces, 50 ms apart, and the whole.
    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(3);
    assertThat(streamed.latency("inter_chunk_latency").max()).isGreaterThanOrEqualTo(45);
    assertThat(streamed.latency("total_latency").min()).isGreaterThanOrEqualTo(240);
    assertThat(dump.adapter("own-cancelled", "chat").count("cancelled_count")).isEqualTo(1);
    assertThat(dump.adapter("own-failed", "chat").errorTypes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("google-adk").skipped()).isZero();
  }
}
