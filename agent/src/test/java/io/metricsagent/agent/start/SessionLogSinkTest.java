package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SessionLogSinkTest {
  private final Properties properties = new Properties();

  private SessionLogSink sink() {
    properties.setProperty("metrics.agent.sessions.enabled", "true");
    properties.setProperty("metrics.agent.sessions.exporter", "otlp");
    return new SessionLogSink(AgentConfig.load(null, properties, Map.of("HOSTNAME", "host-1")));
  }

  @Test
  void eachCallMakesASinkThatHasSentNothing() {
    SessionLogSink sinks = sink();

    assertThat(sinks.get().dropped()).isZero();
    assertThat(sinks.get()).isNotSameAs(sinks.get());
  }
}
