package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownInstrumentationTest {
  @Test
  void theMessageHasTheSettingAndAllNamesInOrder() {
    assertThat(UnknownInstrumentation.describe("lang-chain", Set.of("spring-ai", "kafka", "jms")))
        .isEqualTo(
            "metrics.agent.instrumentation.lang-chain.enabled: there is no instrumentation of that"
                + " name; write one of jms, kafka, spring-ai");
  }
}
