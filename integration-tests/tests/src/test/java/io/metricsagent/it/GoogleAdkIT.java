package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gemini as the ADK calls it, over a client that is measured itself: one request is one request.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class GoogleAdkIT extends ClientScenarios {
  GoogleAdkIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    return planned(Setup.of("google-adk/newest", "google-adk/oldest"));
  }

  @Override
  String instrumentation() {
    return "google-adk";
  }

  @Override
  String provider() {
    return "gcp.gemini";
  }

  @Override
  long failedCalls() {
    return 1;
  }

  /** The request is sent when the model is called, and not again for each subscriber. */
  @Test
  void countsAnAnswerThatIsReadTwiceOnce() {
    assertCounted("success", "chat", 3);
  }

  @Test
  void countsTheToolOfAnAgentAndItsTime() {
    assertCounted("tools", "chat", 2);
    assertThat(dump.tool("price").count("success_count")).isEqualTo(1);
    assertThat(dump.adapter("tools", "chat").latency("tool_latency").count()).isEqualTo(1);
  }
}
