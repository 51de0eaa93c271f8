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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j 0.x, whose models have other types than those of 1.x. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4j0IT {
  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(StubRun::of);

  private static FinishedRun run;
  private static Dump dump;
  private static Ledger ledger;

  LangChain4j0IT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(List.of(Setup.onNewestJdk("langchain4j-0")));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    StubRun stubbed = RUNS.of(setup);
    run = stubbed.run();
    ledger = stubbed.ledger();
    dump = stubbed.dump();
  }

  @ParameterizedTest
  @CsvSource({"success, 4", "tools, 2", "throttled, 1", "streamed, 1"})
  void countsEachAnswerAndItsTokensOnce(String model, long requests) {
    Account account = ledger.account(model, "chat");
    Adapter chat = dump.adapter(model, "chat");

    assertThat(account.answered()).isEqualTo(requests);
    assertThat(chat.name()).isEqualTo("openai");
    assertThat(chat.count("request_count")).isEqualTo(requests);
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("throttle_count")).isEqualTo(account.throttled());
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exhausted", "failed", "stream-exhausted", "stream-failed"})
  void countsACallThatFailedOnce(String model) {
    Adapter failed = dump.adapter(model, "chat");

    assertThat(failed.count("request_count")).isEqualTo(1);
    assertThat(failed.count("error_count")).isEqualTo(1);
    assertThat(failed.count("throttle_count")).isEqualTo(ledger.account(model, "chat").throttled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "tools", "throttled"})
  void timesEveryPhaseOfEachCall(String model) {
    Adapter chat = dump.adapter(model, "chat");

    assertThat(
            List.of(
                chat.latency("render_latency").count(),
                chat.latency("call_latency").count(),
                chat.latency("parse_latency").count()))
        .containsOnly(chat.count("request_count"));
  }

  @Test
  void timesAStreamToItsFirstPiece() {
    Adapter streamed = dump.adapter("streamed", "chat");

    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(1);
    // All pieces of content after the first; the first and the last event of the stream are empty.
    assertThat(streamed.latency("inter_chunk_latency").count()).isEqualTo(9);
  }

  @Test
  void countsToolsAndEmbeddings() {
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
    assertThat(dump.adapter("embedding", "embeddings").count("request_count")).isEqualTo(1);
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("langchain4j-0").wovenMethods()).isPositive();
    assertThat(dump.instrumentation("langchain4j-0").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }
}
