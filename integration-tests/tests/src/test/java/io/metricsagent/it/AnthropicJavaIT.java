package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Dump.Tool;
import io.metricsagent.it.harness.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The newest and the oldest anthropic-java. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class AnthropicJavaIT extends SdkScenarios {
  AnthropicJavaIT(Setup setup) {
    super(setup);
  }

  static List<Setup> setups() {
    return planned(Setup.of("anthropic-java/newest", "anthropic-java/oldest"));
  }

  @Override
  String instrumentation() {
    return "anthropic";
  }

  @Override
  String provider() {
    return "anthropic";
  }

  @Override
  long failedCalls() {
    return 2;
  }

  @Test
  void countsTheBetaApi() {
    assertCounted("beta", "chat", 2);
    assertCounted("beta-streamed", "chat", 2);
    assertThat(dump.adapter("beta-streamed", "chat").latency("time_to_first_token").count())
        .isEqualTo(2);
  }

  /** The runner sends a tool's exception to the model. */
  @Test
  void countsToolsOfTheRunner() {
    assumeThat(ledger.account("tool-runner", "chat").requests())
        .as("the oldest client has no tool runner")
        .isPositive();
    Tool price = dump.tool("price");

    assertThat(price.count("call_count")).isEqualTo(4);
    assertThat(price.count("failure_count")).isEqualTo(2);
    assertThat(price.errorCodes()).containsOnlyKeys("java.lang.IllegalStateException");
    assertCounted("tool-runner", "chat", 4);
    assertThat(dump.adapter("tool-runner", "chat").latency("tool_latency").count()).isEqualTo(2);

    Adapter streamed = dump.adapter("tool-runner-streamed", "chat");
    assertCounted("tool-runner-streamed", "chat", 4);
    assertThat(streamed.latency("time_to_first_token").count()).isEqualTo(4);
    assertThat(streamed.latency("tool_latency").count()).isEqualTo(2);
  }
}
