package io.metricsagent.instrumentations.libraries.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what is read of the last chunk of a stream, as different model families write it. */
class InvocationMetricsTest {
  private static final String METRICS =
      "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":12,\"outputTokenCount\":345,"
          + "\"invocationLatency\":1044,\"firstByteLatency\":342,"
          + "\"cacheReadInputTokenCount\":7,"
          + "\"cacheWriteInputTokenCount\":100}}";

  private static String of(String chunk) {
    return InvocationMetrics.of(chunk.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"message_stop\",",
        "{\"generation\":\"\u00fcber\",\"stop_reason\":\"stop\",",
        "{"
      })
  void readsTheNumbersThatBedrockAdds(String front) {
    String metrics = of(front + METRICS);

    assertThat(InvocationMetrics.USAGE.input(metrics)).isEqualTo(12 + 7 + 100);
    assertThat(InvocationMetrics.USAGE.output(metrics)).isEqualTo(345);
    assertThat(InvocationMetrics.USAGE.cached(metrics)).isEqualTo(7);
  }

  @Test
  void missingNumbersAreUnknown() {
    String metrics = of("{\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":12}}");

    assertThat(InvocationMetrics.USAGE.input(metrics)).isEqualTo(12);
    assertThat(InvocationMetrics.USAGE.output(metrics)).isEqualTo(-1);
    assertThat(InvocationMetrics.USAGE.cached(metrics)).isEqualTo(-1);
  }

  @Test
  void ignoresTheSameTextWrittenByAModel() {
    String text = ("{" + METRICS).replace("\"", "\\\"");

    assertThat(of("{\"completion\":\"" + text + "\"}")).isNull();
    assertThat(of("{\"completion\":\"hello\"}")).isNull();
    assertThat(of("{\"delta\":{\"text\":\"hello\",\"index\":0}}")).isNull();
    assertThat(of("{\"usage\":{\"input\":12,\"output\":345}}")).isNull();
    assertThat(of("{\"delta\":{}}")).isNull();
    assertThat(of("1}}")).isNull();
    assertThat(of("")).isNull();
  }

  /** Content comes before the numbers and must not be read. */
  @Test
  void readsOnlyTheEndOfAChunk() {
    assertThat(of("{" + METRICS + " ".repeat(600))).isNull();
  }
}
