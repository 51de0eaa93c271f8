package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.exporters.otlp.OtlpLogSink;
import java.util.function.Supplier;

/** Makes the sink that sends sessions over OTLP; loaded only if they are sent. */
final class SessionLogSink implements Supplier<OtlpLogSink> {
  private final AgentConfig config;

  SessionLogSink(AgentConfig config) {
    this.config = config;
  }

  @Override
  public OtlpLogSink get() {
    return OtlpLogSink.create(OtlpResource.in(config.sessionLogs(), config), AgentVersion.get());
  }
}
