package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Dump.Latency;
import io.metricsagent.it.harness.Dump.Mailbox;
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
 * The newest and the oldest LangChain4j: the agent's counts are those of the stub server. One run
 * of the application serves all tests of a version; the application's source describes its
 * chapters.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4jIT {
  private static final String[] CHAPTERS = {
    "chat",
    "tools",
    "throttled",
    "streamed",
    "embeddings",
    "mailroom",
    "failures",
    "refused-embeddings",
    "crowd"
  };

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> StubRun.of(setup, CHAPTERS));

  private static FinishedRun run;
  private static Dump dump;
  private static Ledger ledger;

  LangChain4jIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-chat", "langchain4j-chat/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun stubbed = RUNS.of(setup);
    run = stubbed.run();
    ledger = stubbed.ledger();
    dump = stubbed.dump();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o-mini", "gpt-4.1-mini", "gpt-4o", "o3", "o3-mini"})
  void countsEachAnswerOfAChatModelOnce(String model) {
    Adapter chat = dump.adapter(model, "chat");
    Account account = ledger.account(model, "chat");

    assertThat(account.answered()).isPositive();
    assertThat(chat.count("request_count")).isEqualTo(account.answered());
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.errorTypes()).isEmpty();
    assertThat(chat.latency("total_latency").count()).isEqualTo(account.answered());
  }

  @Test
  void countsEachAnswerOfAnEmbeddingModelOnce() {
    Account account = ledger.account("text-embedding-3-small", "embeddings");

    assertThat(dump.adapter("text-embedding-3-small", "embeddings").count("request_count"))
        .isEqualTo(account.answered())
        .isEqualTo(2);
  }

  @Test
  void countsEmbeddingsThatWereRefused() {
    new RefusedEmbeddings(dump, ledger, "embedding-", 1).assertCounted(2, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o-mini chat",
        "gpt-4.1-mini chat",
        "gpt-4o chat",
        "gpt-4.1 chat",
        "o3 chat",
        "o3-mini chat",
        "text-embedding-3-small embeddings",
        "embedding-throttled embeddings"
      })
  void addsTokensUpToWhatTheServerSent(String modelAndOperation) {
    String[] key = modelAndOperation.split(" ");
    Adapter adapter = dump.adapter(key[0], key[1]);
    Account account = ledger.account(key[0], key[1]);

    assertThat(adapter.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(adapter.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(adapter.count("cached_tokens")).isEqualTo(account.cachedTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o-mini", "gpt-4.1-mini", "gpt-4o", "gpt-4.1", "gpt-4.1-nano"})
  void countsThrottlesThoughRetriesHideThem(String model) {
    assertThat(dump.adapter(model, "chat").count("throttle_count"))
        .isEqualTo(ledger.account(model, "chat").throttled());
  }

  @Test
  void countsCallsThatRunAtOnceAndOneOnAVirtualThread() {
    assertThat(dump.adapter("o3", "chat").count("request_count")).isEqualTo(32);
    assertThat(dump.adapter("o3", "chat").latency("parse_latency").count()).isEqualTo(32);
    assertThat(dump.adapter("o3-mini", "chat").count("request_count")).isEqualTo(1);
    assertThat(dump.adapter("o3-mini", "chat").latency("parse_latency").count()).isEqualTo(1);
  }

  /**
   * LangChain4j reports an exception that the application throws for a piece as an error of the
   * stream.
   */
  @Test
  void tellsAStreamWhoseReaderThrew() {
    Adapter refused = dump.adapter("o4-mini", "chat");

    assertThat(refused.count("request_count")).isEqualTo(1);
    assertThat(refused.count("cancelled_count")).isEqualTo(1);
    assertThat(refused.errorTypes()).isEmpty();
  }

  @Test
  void throttlesThereWere() {
    assertThat(ledger.account("gpt-4o-mini", "chat").throttled()).isEqualTo(1);
    assertThat(ledger.account("gpt-4.1", "chat").throttled()).isEqualTo(2);
  }

  @Test
  void countsAFailedCallOnceHoweverOftenItWasRetried() {
    Adapter failing = dump.adapter("gpt-4.1", "chat");

    assertThat(ledger.account("gpt-4.1", "chat").requests()).isEqualTo(3 * 2);
    assertThat(failing.count("request_count")).isEqualTo(3);
    assertThat(failing.count("error_count")).isEqualTo(3);
    assertThat(errors(failing, "RateLimitException")).isEqualTo(1);
    assertThat(errors(failing, "InternalServerException")).isEqualTo(1);
    assertThat(total(failing.errorTypes())).isEqualTo(3);
  }

  @Test
  void countsACallThatTimedOutAsFailed() {
    Adapter slow = dump.adapter("gpt-4.1-slow", "chat");

    assertThat(slow.count("request_count")).isEqualTo(1);
    assertThat(errors(slow, "TimeoutException")).isEqualTo(1);
    assertThat(slow.count("input_tokens")).isZero();
    assertThat(slow.latency("total_latency").min()).isGreaterThanOrEqualTo(380);
  }

  /** The third stream breaks off; LangChain4j then reports an error and a result. */
  @Test
  void countsAStreamThatFailedOnce() {
    Adapter failing = dump.adapter("gpt-4.1-nano", "chat");

    assertThat(failing.count("request_count")).isEqualTo(3);
    assertThat(failing.count("error_count")).isEqualTo(3);
    assertThat(errors(failing, "RateLimitException")).isEqualTo(1);
    assertThat(errors(failing, "InternalServerException")).isEqualTo(1);
  }

  @Test
  void countsToolCallsThatTheServerAskedFor() {
    Map<String, Long> asked = ledger.toolCalls();

    assertThat(asked).containsOnlyKeys("stockLevel", "price");
    assertThat(dump.tools()).extracting(tool -> tool.name()).hasSameElementsAs(asked.keySet());
    asked.forEach(
        (name, calls) -> {
          assertThat(dump.tool(name).count("call_count")).isEqualTo(calls);
          assertThat(dump.tool(name).latency().count()).isEqualTo(calls);
        });
  }

  /** Six answers asked for tools, one of them for two tools; one of the six was in the mailroom. */
  @ParameterizedTest
  @CsvSource({"gpt-4o-mini,4", "gpt-4o,1", "gpt-4.1-mini,1"})
  void timesTheToolsThatAnAnswerAskedFor(String model, long answers) {
    assertThat(dump.adapter(model, "chat").latency("tool_latency").count()).isEqualTo(answers);
  }

  @Test
  void countsAFailingToolThoughLangChain4jTurnsTheFailureIntoText() {
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
    assertThat(dump.tool("price").count("failure_count")).isEqualTo(2);
    assertThat(total(dump.tool("price").errorCodes())).isEqualTo(2);
    assertThat(dump.tool("stockLevel").count("failure_count")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o-mini", "gpt-4.1-mini"})
  void timesEveryPhaseOfEachCall(String model) {
    Adapter chat = dump.adapter(model, "chat");
    long requests = chat.count("request_count");
    Latency render = chat.latency("render_latency");
    Latency call = chat.latency("call_latency");
    Latency parse = chat.latency("parse_latency");

    assertThat(List.of(render.count(), call.count(), parse.count())).containsOnly(requests);
    assertThat(call.sum()).isPositive();
    // The wait before the second attempt, about 500 ms, is only in the total.
    assertThat(chat.waits()).isGreaterThan(300);
  }

  @Test
  void timesAStreamToItsLastPieceAndToItsFirst() {
    Adapter streamed = dump.adapter("gpt-4o", "chat");
    Latency first = streamed.latency("time_to_first_token");
    Latency total = streamed.latency("total_latency");

    // The stub waits 40 ms after each of the ten pieces of the longest answer.
    assertThat(total.max()).isGreaterThan(10 * 40);
    // Versions before 1.2 have no callback for pieces of a tool call.
    assertThat(first.count()).isBetween(total.count() - 1, total.count());
    assertThat(first.min()).isPositive().isLessThan(total.min());
    assertThat(first.sum()).isLessThan(total.sum() - 10 * 40);
    // Ten pieces, one piece of a tool call, and four pieces with the tool's result.
    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(9 + 3);
    assertThat(streamed.latency("inter_chunk_latency").max()).isGreaterThanOrEqualTo(35);
  }

  @Test
  void knowsNoTimeToFirstTokenOfABlockingCall() {
    assertThat(dump.adapter("gpt-4o-mini", "chat").latency("time_to_first_token").count()).isZero();
  }

  @Test
  void namesTheProvider() {
    assertThat(dump.adapters()).isNotEmpty().allMatch(adapter -> adapter.name().equals("openai"));
  }

  /**
   * One message was answered, one was rolled back once, one expired, one poisonous message was
   * delivered three times, and one more was answered.
   */
  @Test
  void countsWhatBecameOfEachMessage() {
    Mailbox requests = dump.mailbox("requests");

    assertThat(requests.system()).isEqualTo("activemq");
    assertThat(requests.count("messages_received")).isEqualTo(7);
    assertThat(requests.deliveries()).containsExactly(4L, 2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(requests.count("total_retries")).isEqualTo(1 + (1 + 2));
    assertThat(requests.count("messages_acked")).isEqualTo(3);
    assertThat(requests.count("messages_nacked")).isEqualTo(1 + 2);
    assertThat(requests.count("messages_expired")).isEqualTo(1);
    assertThat(requests.count("messages_dead_lettered")).isEqualTo(1);
    // The mailroom opened half a second after the messages were sent.
    assertThat(requests.lag().min()).isGreaterThanOrEqualTo(450);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replies 3", "ActiveMQ.DLQ 2"})
  void countsMessagesOfQueuesThatAreDrained(String queueAndMessages) {
    String[] expected = queueAndMessages.split(" ");
    Mailbox mailbox = dump.mailbox(expected[0]);

    assertThat(mailbox.count("messages_received")).isEqualTo(Long.parseLong(expected[1]));
    assertThat(mailbox.count("messages_acked")).isEqualTo(Long.parseLong(expected[1]));
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j").wovenMethods()).isPositive();
    assertThat(dump.instrumentation("langchain4j").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static long errors(Adapter adapter, String type) {
    return adapter.errorTypes().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(type))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
