package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Dump.Tool;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.stub.Ledger.Account;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spring AI 2 over openai-java and anthropic-java, where two layers are one request; and Spring AI
 * 1 over its own client, where a model runs tools within a call and adds up the usage of all
 * rounds.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class SpringAiIT extends ClientScenarios {
  SpringAiIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    List<Setup> all = new ArrayList<>();
    for (String app : List.of("spring-ai-anthropic", "spring-ai")) {
      all.addAll(Setup.of(app + "/newest", app + "/1.1", app + "/1.0"));
    }
    return planned(all);
  }

  @Override
  String instrumentation() {
    return "spring-ai";
  }

  @Override
  String provider() {
    return setup.app().startsWith("spring-ai-anthropic/") ? "anthropic" : "openai";
  }

  @Override
  long failedCalls() {
    return 1;
  }

  /** The first client of Anthropic drops the tokens read from and written to a cache. */
  @Override
  Account told(String model, Account sent) {
    return setup.app().equals("spring-ai-anthropic/1.0")
        ? sent.withInput(sent.inputTokens() - sent.cachedTokens() - 9 * sent.answered(), 0)
        : sent;
  }

  @Test
  void countsEmbeddings() {
    assumeThat(ledger.account("text-embedding-3-small", "embeddings").requests())
        .as("Anthropic has no embeddings")
        .isPositive();
    assertCounted("text-embedding-3-small", "embeddings", 2);
    assertCounted("embedding-throttled", "embeddings", 1);
    new RefusedEmbeddings(dump, ledger, "embedding-", 1).assertCounted(2, 1);
  }

  @Test
  void countsEachSubscriptionAndNothingWithoutOne() {
    assertCounted("streamed", "chat", 2);
    assertThat(ledger.account("unsubscribed", "chat").requests()).isZero();
  }

  /** The model that fails and the model that is asked instead count once each. */
  @ParameterizedTest
  @ValueSource(strings = {"router", "stream-router"})
  void countsARouterByTheModelsThatItAsked(String router) {
    Adapter first = dump.adapter(router + "-first", "chat");

    assertThat(first.count("request_count")).isEqualTo(1);
    assertThat(first.count("error_count")).isEqualTo(1);
    assertThat(first.count("input_tokens")).isZero();
    assertCounted(router + "-second", "chat", 1);
  }

  @Test
  void countsEachRoundOfAToolLoop() {
    assertCounted("tools", "chat", 4);
    assertCounted("tools-streamed", "chat", 2);
  }

  /** Two questions and a streamed one; each has one answer that asked for a tool. */
  @Test
  void timesTheToolsThatAnAnswerAskedFor() {
    assertThat(dump.adapter("tools", "chat").latency("tool_latency").count()).isEqualTo(2);
    assertThat(dump.adapter("tools-streamed", "chat").latency("tool_latency").count()).isEqualTo(1);
    assertThat(
            dump.adapter("tools", "chat").latency("tool_latency").sumNanos()
                + dump.adapter("tools-streamed", "chat").latency("tool_latency").sumNanos())
        .isGreaterThanOrEqualTo(dump.tool("price").latency().sumNanos());
  }

  /** Spring AI sends a tool's exception to the model. */
  @Test
  void countsTools() {
    Tool price = dump.tool("price");

    assertThat(price.count("call_count")).isEqualTo(ledger.toolCalls().get("price")).isEqualTo(3);
    assertThat(price.count("failure_count")).isEqualTo(1);
    assertThat(price.errorCodes()).containsOnlyKeys("java.lang.IllegalStateException");
  }
}
