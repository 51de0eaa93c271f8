package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.Ledger;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first client of Gemini, which uses another HTTP library and does not retry. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class GoogleGenAiOldestIT {
  private static Dump dump;
  private static Ledger ledger;

  GoogleGenAiOldestIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return List.of(Setup.onNewestJdk("google-genai/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    StubRun run = StubRun.of(setup, "no-retries");
    ledger = run.ledger();
    dump = run.dump();
  }

  /** This client does not obey its timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"success", "streamed", "tools", "concurrent", "virtual", "timeout"})
  void countsEachAnswerAndItsTokensOnce(String model) {
    Dump.Adapter chat = dump.adapter(model, "chat");
    Ledger.Account account = ledger.account(model, "chat");

    assertThat(account.answered()).isPositive();
    assertThat(chat.name()).isEqualTo("gcp.gemini");
    assertThat(chat.count("request_count")).isEqualTo(account.answered());
    assertThat(chat.count("error_count")).isZero();
    assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
    assertThat(chat.count("cached_tokens")).isEqualTo(account.cachedTokens());
    assertThat(chat.latency("render_latency").count()).isEqualTo(account.answered());
    assertThat(chat.latency("call_latency").count()).isEqualTo(account.answered());
    assertThat(chat.latency("parse_latency").count())
        .isEqualTo(model.equals("streamed") ? 0 : account.answered());
  }

  @Test
  void countsConcurrentCalls() {
    assertThat(dump.adapter("concurrent", "chat").count("request_count")).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-exhausted", "stream-failed", "stream-cut"})
  void countsAStreamThatFailedOnce(String model) {
    Dump.Adapter failed = dump.adapter(model, "chat");
    assertThat(failed.count("request_count")).isEqualTo(1);
    assertThat(failed.count("error_count")).isEqualTo(1);
    assertThat(failed.errorTypes().values()).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exhausted", "failed", "malformed"})
  void countsFailures(String model) {
    assertThat(dump.adapter(model, "chat").count("request_count")).isEqualTo(2);
    assertThat(dump.adapter(model, "chat").count("error_count")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exhausted", "stream-exhausted", "failed"})
  void countsThrottles(String model) {
    assertThat(dump.adapter(model, "chat").count("throttle_count"))
        .isEqualTo(ledger.account(model, "chat").throttled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "thrower", "never-read"})
  void tellsAStreamThatNobodyReadToItsEnd(String model) {
    assertThat(dump.adapter(model, "chat").count("cancelled_count")).isEqualTo(1);
  }

  @Test
  void countsFunctionsAndEmbeddings() {
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
    assertThat(dump.adapter("text-embedding-004", "embeddings").count("request_count"))
        .isEqualTo(2);
  }

  @Test
  void countsEmbeddingsThatWereRefused() {
    RefusedEmbeddings refused = new RefusedEmbeddings(dump, ledger, "embedding-", 2);
    refused.assertFailed("exhausted", 1);
    refused.assertFailed("failed", 1);
    refused.assertFailed("malformed", 1);
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("google-genai").skipped()).isZero();
  }
}
