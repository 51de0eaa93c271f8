package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the settings to the receiver: where sessions go. */
class SessionLogsWiringTest {
  @TempDir private Path folder;
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private void record(String exporter) {
    Properties properties = new Properties();
    properties.setProperty("metrics.agent.dir", folder.toString());
    properties.setProperty("metrics.agent.worker.id", "worker-7");
    properties.setProperty("metrics.agent.sessions.enabled", "true");
    properties.setProperty("metrics.agent.sessions.sample.rate", "1");
    properties.setProperty("metrics.agent.sessions.exporter", exporter);
    properties.setProperty("otel.service.name", "shop");
    properties.setProperty("otel.resource.attributes", "team=a");
    String endpoint = receiver.httpLogsEndpoint().toString();
    properties.setProperty("otel.exporter.otlp.logs.endpoint", endpoint);
    AgentConfig config = AgentConfig.load(null, properties, Map.of("HOSTNAME", "host-1"));
    assertThat(config.problems()).isEmpty();
    Registry registry =
        new Registry(
            new RegistrySettings(Instant.now(), "w1", "shop", null, 1000, "1.2.3"),
            Clock.systemUTC(),
            () -> {});
    EventStream events =
        EventConsumers.stream(config, System.currentTimeMillis(), registry, CallContexts.OFF);
    Run run = events.newRun("Assistant.chat", null);
    events.began(run);
    events.close();
    events.await(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  @Test
  void anOpenSessionIsSentAtTheEndWithTheResourceOfTheProcess() {
    record("otlp");

    assertThat(receiver.logRecords())
        .extracting(record -> record.getEventName())
        .containsExactly("session.start", "wink.run", "session.end");
    assertThat(receiver.logRecords().get(2).getAttributesList())
        .extracting(each -> each.getKey() + "=" + each.getValue().getStringValue())
        .contains("error.type=interrupted");
    assertThat(
            receiver
                .receivedLogs()
                .get(0)
                .request()
                .getResourceLogs(0)
                .getResource()
                .getAttributesList())
        .extracting(each -> each.getKey() + "=" + each.getValue().getStringValue())
        .contains("service.name=shop", "service.instance.id=worker-7", "team=a");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsSentWhereSessionsGoToFiles() {
    record("files");

    assertThat(receiver.receivedLogs()).isEmpty();
    assertThat(folder.resolve("debug/sessions")).isNotEmptyDirectory();
  }

  @Test
  void bothMayBeNamed() {
    record("files,otlp");

    assertThat(receiver.logRecords()).hasSize(3);
    assertThat(folder.resolve("debug/sessions")).isNotEmptyDirectory();
  }
}
