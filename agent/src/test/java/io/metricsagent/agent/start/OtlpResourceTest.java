package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.exporters.otlp.OtlpSettings;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OtlpResourceTest {
  private final Properties properties = new Properties();

  private Map<String, String> resource() {
    AgentConfig config = AgentConfig.load(null, properties, Map.of("HOSTNAME", "host-1"));
    OtlpSettings settings = OtlpResource.in(config.otlp(), config);
    assertThat(settings.endpoint()).isEqualTo(config.otlp().endpoint());
    return settings.resourceAttributes();
  }

  @Test
  void theProcessIsNamedByItsWorkerAndItsService() {
    properties.setProperty("metrics.agent.worker.id", "worker-7");
    properties.setProperty("otel.service.name", "shop");

    assertThat(resource())
        .containsEntry("service.instance.id", "worker-7")
        .containsEntry("service.name", "shop")
        .containsEntry("process.pid", Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void whatTheUserSetsWinsOverWhatTheProcessShows() {
    properties.setProperty("metrics.agent.worker.id", "worker-7");
    properties.setProperty(
        "otel.resource.attributes", "service.instance.id=mine,process.pid=1,team=a");

    assertThat(resource())
        .containsEntry("service.instance.id", "mine")
        .containsEntry("process.pid", "1")
        .containsEntry("team", "a");
  }

  @Test
  void theSettingOfTheServiceWinsOverItsAttribute() {
    properties.setProperty("otel.resource.attributes", "service.name=attribute");
    assertThat(resource()).containsEntry("service.name", "attribute");

    properties.setProperty("otel.service.name", "shop");
    assertThat(resource()).containsEntry("service.name", "shop");
  }
}
