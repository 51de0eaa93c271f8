package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.stub.Ledger.Account;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The newest client of Amazon Bedrock, and the first one with {@code converse} and retry
 * strategies.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class BedrockIT extends ClientScenarios {
  BedrockIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    return planned(Setup.of("bedrock/newest", "bedrock/oldest"));
  }

  @Override
  String instrumentation() {
    return "bedrock";
  }

  @Override
  String provider() {
    return "aws.bedrock";
  }

  @Override
  long failedCalls() {
    return 2;
  }

  /**
   * The oldest client has no getters for cached tokens, but passes the headers of {@code
   * invokeModel} on unchanged.
   */
  @Override
  Account told(String model, Account sent) {
    return setup.isNewest() || model.startsWith("invoked")
        ? sent
        : sent.withInput(sent.inputTokens(), 0);
  }

  /** For all other models, the server excludes cached tokens from the input. */
  @Test
  void countsCachedTokensOnceWhereTheInputIncludesThem() {
    assertCounted("inclusive", "chat", 2);
  }

  /**
   * The tokens of {@code invokeModel} are in the headers of an answer, or at the end of a stream's
   * last chunk.
   */
  @Test
  void countsModelsThatAreInvoked() {
    Adapter invoked = dump.adapter("invoked", "chat");
    Account account = ledger.account("invoked", "chat");
    assertThat(invoked.count("request_count")).isEqualTo(2);
    assertThat(account.answered()).isEqualTo(2);
    assertThat(invoked.count("input_tokens")).isEqualTo(account.inputTokens());
    assertThat(invoked.count("output_tokens")).isEqualTo(account.outputTokens());

    Adapter streamed = dump.adapter("invoked-stream", "chat");
    assertThat(streamed.count("request_count")).isEqualTo(1);
    assertCounted("invoked-stream", "chat", 1);
    assertThat(streamed.count("input_tokens")).isPositive();
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(1);
  }

  /**
   * Only the application reads the body of an answer of Titan, so a malformed body counts as an
   * answer.
   */
  @Test
  void countsEmbeddings() {
    assertCounted("titan-embed", "embeddings", 2);
    assertCounted("embedding-throttled", "embeddings", 2);
    RefusedEmbeddings refused = new RefusedEmbeddings(dump, ledger, "embedding-", 2);
    refused.assertAnsweredAtLast();
    refused.assertFailed("exhausted", 2);
    refused.assertFailed("failed", 2);
    Adapter malformed = dump.adapter("embedding-malformed", "embeddings");
    assertThat(ledger.account("embedding-malformed", "embeddings").broken()).isEqualTo(2);
    assertThat(malformed.count("request_count")).isEqualTo(2);
    assertThat(malformed.count("error_count")).isZero();
  }

  @Test
  void tellsAStreamWhoseFutureWasCancelled() {
    assertThat(dump.adapter("given-up", "chat").count("cancelled_count")).isEqualTo(1);
  }

  /** The application takes 100 ms for each piece. */
  @Test
  void leavesOutWhatTheApplicationDoesWithThePieces() {
    Adapter slow = dump.adapter("slow-consumer", "chat");
    double total = slow.latency("total_latency").sum();
    assertThat(total).isGreaterThan(800);
    assertThat(slow.latency("call_latency").sum()).isLessThan(total - 700);
  }
}
