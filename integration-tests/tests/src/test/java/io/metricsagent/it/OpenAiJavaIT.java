package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Setup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest openai-java, one of the 3.x line, and the oldest. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class OpenAiJavaIT extends SdkScenarios {
  OpenAiJavaIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    return planned(Setup.of("openai-java/newest", "openai-java/3", "openai-java/oldest"));
  }

  @Override
  String instrumentation() {
    return "openai";
  }

  @Override
  String provider() {
    return "openai";
  }

  @Override
  long failedCalls() {
    return 2;
  }

  @Test
  void countsResponsesAndEmbeddings() {
    assertCounted("responses", "chat", 2);
    assertCounted("responses-streamed", "chat", 2);
    assertCounted("text-embedding-3-small", "embeddings", 2);
    assertThat(dump.adapter("responses-streamed", "chat").latency("time_to_first_token").count())
        .isEqualTo(2);
  }

  @Test
  void countsEmbeddingsThatWereRefused() {
    assertCounted("embedding-throttled", "embeddings", 1);
    new RefusedEmbeddings(dump, ledger, "embedding-", 1).assertCounted(3, 1);
  }

  @Test
  void countsAnAnswerThatTheApplicationReadsItself() {
    assertThat(dump.adapter("unparsed", "chat").count("request_count")).isEqualTo(1);
    assertThat(dump.adapter("unparsed", "chat").count("error_count")).isZero();
  }

  /** A reader that stops at the last content has the whole answer, but not its tokens. */
  @Test
  void takesAStreamForCompleteFromItsLastContentOn() {
    assertThat(dump.adapter("stopped", "chat").count("error_count")).isZero();
  }

  @Test
  void tellsAStreamThatWasDropped() {
    assertThat(dump.adapter("after", "chat").count("request_count")).isEqualTo(11);
    assertThat(dump.adapter("abandoned", "chat").count("request_count")).isEqualTo(1);
    assertThat(dump.adapter("abandoned", "chat").count("cancelled_count")).isEqualTo(1);
  }

  /** One stream has an error event, the other one a failed response. */
  @ParameterizedTest
  @ValueSource(strings = {"responses-limited", "responses-limit-failed"})
  void countsALimitThatAResponseTellsOf(String model) {
    Adapter limited = dump.adapter(model, "chat");

    assertThat(limited.count("throttle_count")).isEqualTo(1);
    assertThat(limited.errorTypes()).isEqualTo(Map.of("rate_limit_exceeded", 1L));
  }

  @Test
  void countsAStreamThatBrokeOff() {
    assertThat(dump.adapter("stream-cut", "chat").errorTypes())
        .containsOnlyKeys("com.openai.errors.OpenAIIoException");
  }
}
