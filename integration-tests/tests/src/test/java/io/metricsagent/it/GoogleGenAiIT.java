package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Setup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The newest client of Gemini; {@link GoogleGenAiOldestIT} tests the oldest one. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class GoogleGenAiIT extends ClientScenarios {
  GoogleGenAiIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    return planned(Setup.of("google-genai/newest"));
  }

  @Override
  String instrumentation() {
    return "google-genai";
  }

  @Override
  String provider() {
    return "gcp.gemini";
  }

  @Override
  long failedCalls() {
    return 2;
  }

  @Test
  void countsEmbeddings() {
    assertCounted("text-embedding-004", "embeddings", 2);
  }

  @Test
  void countsEmbeddingsThatWereRefused() {
    assertCounted("embedding-throttled", "embeddings", 2);
    new RefusedEmbeddings(dump, ledger, "embedding-", 2).assertCounted(2, 1);
  }

  @Test
  void countsEachRequestOfALoopAndTheFunctionsBetween() {
    assertCounted("tools", "chat", 2);
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
    assertThat(dump.tool("broken").errorCodes())
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
  }

  @Test
  void takesAStreamForCompleteFromItsLastContentOn() {
    assertThat(dump.adapter("stopped", "chat").count("error_count")).isZero();
    assertThat(dump.adapter("stopped", "chat").count("cancelled_count")).isZero();
    assertThat(dump.adapter("never-read", "chat").count("cancelled_count")).isEqualTo(1);
  }

  @Test
  void countsAStreamThatBrokeOff() {
    assertThat(dump.adapter("stream-cut", "chat").errorTypes())
        .containsOnlyKeys("com.google.genai.errors.GenAiIOException");
  }

  /** The application takes 100 ms for each piece; meanwhile all pieces arrive. */
  @Test
  void leavesOutWhatTheApplicationDoesWithThePieces() {
    Adapters slow = new Adapters("slow-consumer");
    assertThat(slow.total()).isGreaterThan(800);
    assertThat(slow.call()).isLessThan(slow.total() - 500);
  }

  /** The first piece has a role and an empty text, and the client reads one piece ahead. */
  @Test
  void takesTheFirstContentForTheFirstToken() {
    Adapter slow = dump.adapter("slow-consumer", "chat");
    assertThat(slow.latency("time_to_first_token").max())
        .isGreaterThanOrEqualTo(15)
        .isLessThanOrEqualTo(slow.latency("total_latency").max() - 700);
  }

  /** The client waits 400 ms after the first attempt, and at least as long after the last one. */
  @Test
  void takesNoWaitForParsing() {
    assertThat(dump.adapter("failed", "chat").waits()).isGreaterThanOrEqualTo(800);
    assertThat(dump.adapter("stream-failed", "chat").waits()).isGreaterThanOrEqualTo(800);
  }

  private record Adapters(String model) {
    double total() {
      return dump.adapter(model, "chat").latency("total_latency").sum();
    }

    double call() {
      return dump.adapter(model, "chat").latency("call_latency").sum();
    }
  }
}
