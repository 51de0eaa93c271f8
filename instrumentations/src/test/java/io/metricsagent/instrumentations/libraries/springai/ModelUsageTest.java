package io.metricsagent.instrumentations.libraries.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.llm.UsageReader;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ProvidedUsage;

/** Checks how Bedrock's tokens are read from Spring AI's usage. */
class ModelUsageTest {
  private static final UsageReader USAGE = new ModelUsage();

  /** Like {@code Usage}. */
  public record Usage(
      Integer getPromptTokens,
      Integer getCompletionTokens,
      Integer getTotalTokens,
      Object getNativeUsage) {}

  /** Like the metadata of a response. */
  public record Metadata(Usage getUsage) {}

  /** Like {@code ChatResponse}. */
  public record Response(Metadata getMetadata) {}

  private static Response response(Integer input, Integer total, Object provided) {
    return new Response(new Metadata(new Usage(input, 7, total, provided)));
  }

  @Test
  void addsTheCachedTokensOfBedrock() {
    Response response = response(10, 2517, new ProvidedUsage(2000, 500));

    assertThat(USAGE.input(response)).isEqualTo(2510);
    assertThat(USAGE.cached(response)).isEqualTo(2000);
    assertThat(USAGE.input(response(10, null, new ProvidedUsage(2000, 500)))).isEqualTo(2510);
  }

  @Test
  void addsNoCachedTokensWhereTheInputIncludesThem() {
    assertThat(USAGE.input(response(2510, 2517, new ProvidedUsage(2000, 500)))).isEqualTo(2510);
    assertThat(USAGE.input(response(10, 2517, "of another provider"))).isEqualTo(10);
    assertThat(USAGE.input(response(10, 17, null))).isEqualTo(10);
  }
}
