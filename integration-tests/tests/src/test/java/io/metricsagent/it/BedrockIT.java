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
 * The newest client of Amazon Bedrock, and the first that converses and has strategies to retry.
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

  /** The oldest knows of no cache, but hands numbers of models that are invoked on as they are. */
  @Override
  Account told(String model, Account sent) {
    return setup.isNewest() || model.startsWith("invoked")
        ? sent
        : sent.withInput(sent.inputTokens(), 0);
  }

  /** The server leaves cached tokens out of the input of other models. */
  @Test
  void countsCachedTokensOnceWhereTheInputIncludesThem() {
    assertCounted("inclusive", "chat", 2);
  }

  /** Their tokens are in the headers of an answer, or at the end of the last chunk of a stream. */
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

  /** Titan's, whose body is the application's to read: a broken one is an answer. */
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

  /** It takes 100 ms for each piece. */
  @Test
  void leavesOutWhatTheApplicationDoesWithThePieces() {
    Adapter slow = dump.adapter("slow-consumer", "chat");
    double total = slow.latency("total_latency").sum();
    assertThat(total).isGreaterThan(800);
    assertThat(slow.latency("call_latency").sum()).isLessThan(total - 700);
  }
}
