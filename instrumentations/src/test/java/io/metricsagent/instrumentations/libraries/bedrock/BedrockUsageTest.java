package io.metricsagent.instrumentations.libraries.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks how tokens are read from the answers of Converse and of {@code invokeModel}. */
class BedrockUsageTest {
  private static final UsageReader CONVERSE = new ConverseDecoder().usage();
  private static final UsageReader INVOKE = new InvokeDecoder().usage();

  /** Like the SDK's {@code TokenUsage}. */
  public record Tokens(
      Integer inputTokens,
      Integer outputTokens,
      Integer totalTokens,
      Integer cacheReadInputTokens,
      Integer cacheWriteInputTokens) {}

  /** Like the SDK's answer, or the last event of its stream. */
  public record Answer(Tokens usage) {}

  /** Like the {@code TokenUsage} of an SDK without getters for cached tokens. */
  public record OldTokens(Integer inputTokens, Integer outputTokens, Integer totalTokens) {}

  /** Like the answer of that SDK. */
  public record OldAnswer(OldTokens usage) {}

  /** Like the SDK's answer of {@code invokeModel}. */
  public record Invoked(Sent sdkHttpResponse) {}

  /** The headers of that answer. */
  public record Sent(Map<String, List<String>> headers) {}

  private static Answer answer(Integer total, Integer input, Integer read, Integer written) {
    return new Answer(new Tokens(input, 7, total, read, written));
  }

  @Test
  void addsCachedTokensThatOnlyTheTotalIncludes() {
    Answer answer = answer(2517, 10, 2000, 500);

    assertThat(CONVERSE.input(answer)).isEqualTo(2510);
    assertThat(CONVERSE.output(answer)).isEqualTo(7);
    assertThat(CONVERSE.cached(answer)).isEqualTo(2000);
  }

  @Test
  void addsNoCachedTokensWhereTheTotalShowsThatTheInputIncludesThem() {
    assertThat(CONVERSE.input(answer(2517, 2510, 2000, 500))).isEqualTo(2510);
  }

  @Test
  void followsTheDocumentationWhereTheTotalDoesNotDecide() {
    assertThat(CONVERSE.input(answer(null, 10, 2000, 500))).isEqualTo(2510);
    assertThat(CONVERSE.input(answer(0, 10, 2000, 500))).isEqualTo(2510);
    assertThat(CONVERSE.input(answer(17, 10, null, null))).isEqualTo(10);
    assertThat(CONVERSE.input(answer(null, null, 2000, 500))).isEqualTo(-1);
    assertThat(CONVERSE.input(new Answer(null))).isEqualTo(-1);
  }

  @Test
  void countsCachedTokensOfAClientWithoutGettersForThem() {
    assertThat(CONVERSE.input(new OldAnswer(new OldTokens(10, 7, 2517)))).isEqualTo(2510);
  }

  @Test
  void addsCachedTokensOfHeaders() {
    Invoked answer =
        new Invoked(
            new Sent(
                Map.of(
                    "X-Amzn-Bedrock-Input-Token-Count", List.of("10"),
                    "X-Amzn-Bedrock-Output-Token-Count", List.of("7"),
                    "X-Amzn-Bedrock-Cache-Read-Input-Token-Count", List.of("2000"),
                    "X-Amzn-Bedrock-Cache-Write-Input-Token-Count", List.of("500"))));

    assertThat(INVOKE.input(answer)).isEqualTo(2510);
    assertThat(INVOKE.output(answer)).isEqualTo(7);
    assertThat(INVOKE.cached(answer)).isEqualTo(2000);
    assertThat(INVOKE.input(new Invoked(new Sent(Map.of())))).isEqualTo(-1);
  }
}
