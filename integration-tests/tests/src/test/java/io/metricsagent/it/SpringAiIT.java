package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump.Tool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spring AI 2 over openai-java and anthropic-java: two layers, one request. And Spring AI 1 over
 * its own client, whose models run tools within a call and add the usage of all rounds up.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class SpringAiIT extends ClientScenarios {
  SpringAiIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    List<Setup> all = new ArrayList<>(Setup.of("spring-ai", "anthropic", "spring-ai-anthropic"));
    all.addAll(
        Setup.of("spring-ai", "openai", "spring-ai-newest", "spring-ai-1.1", "spring-ai-1.0"));
    return all;
  }

  @Override
  long failedCalls() {
    return 1;
  }

  @Test
  void countsEmbeddings() {
    assumeThat(ledger.account("text-embedding-3-small", "embeddings").requests())
        .as("Anthropic has no embeddings")
        .isPositive();
    assertCounted("text-embedding-3-small", "embeddings", 2);
  }

  @Test
  void countsEachSubscriptionAndNothingWithoutOne() {
    assertCounted("streamed", "chat", 2);
    assertThat(ledger.account("unsubscribed", "chat").requests()).isZero();
  }

  @Test
  void countsEachRoundOfAToolLoop() {
    assertCounted("tools", "chat", 4);
    assertCounted("tools-streamed", "chat", 2);
  }

  /** Two questions and one streamed, each with one answer that asked for a tool. */
  @Test
  void timesTheToolsThatAnAnswerAskedFor() {
    assertThat(dump.adapter("tools", "chat").latency("tool_latency").count()).isEqualTo(2);
    assertThat(dump.adapter("tools-streamed", "chat").latency("tool_latency").count()).isEqualTo(1);
    assertThat(
            dump.adapter("tools", "chat").latency("tool_latency").sum()
                + dump.adapter("tools-streamed", "chat").latency("tool_latency").sum())
        .isGreaterThanOrEqualTo(dump.tool("price").latency().sum());
  }

  /** Spring AI tells the model what a tool threw. */
  @Test
  void countsTools() {
    Tool price = dump.tool("price");

    assertThat(price.count("call_count")).isEqualTo(ledger.toolCalls().get("price")).isEqualTo(3);
    assertThat(price.count("failure_count")).isEqualTo(1);
    assertThat(price.errorCodes()).containsOnlyKeys("java.lang.IllegalStateException");
  }
}
