package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is set of an exporter is read, whether the exporter is in use or not. */
class ExporterConfigTest {
  private static final String TOO_LARGE = "70000";

  @Test
  void datadogsVariablesAreForStatsdOnlyIfItIsInUse() {
    Settings settings =
        Settings.none().environment("DD_DOGSTATSD_URL", "nonsense").arguments("statsd.prefix=p");

    assertThat(settings.load().problems()).isEmpty();
    assertThat(settings.arguments("exporters=statsd").load().problems())
        .singleElement()
        .asString()
        .contains("DD_DOGSTATSD_URL");
  }

  @Test
  void whatIsSetIsUsed() {
    AgentConfig config =
        Settings.none()
            .arguments("statsd.port=1,prometheus.port=2,archive.max.files=3,archive.max.age=4s")
            .load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.statsd().port()).isEqualTo(1);
    assertThat(config.prometheus().port()).isEqualTo(2);
    assertThat(config.archive().maxFiles()).isEqualTo(3);
    assertThat(config.archive().maxAge()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whatIsWrongIsToldOfExportersThatAreNotInUseToo() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.statsd.port", TOO_LARGE)
            .property("metrics.agent.prometheus.port", TOO_LARGE)
            .property("metrics.agent.archive.max.files", "0")
            .property("metrics.agent.otlp.names", "?")
            .load();

    assertThat(config.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf('=')))
        .containsExactlyInAnyOrder(
            "metrics.agent.statsd.port",
            "metrics.agent.prometheus.port",
            "metrics.agent.archive.max.files",
            "metrics.agent.otlp.names");
  }

  /** These variables may be meant for other software in the process. */
  @Test
  void whatIsWrongInOpenTelemetrysSettingsIsToldOnlyIfTheyAreInUse() {
    Settings settings = Settings.none().environment("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "soon");

    assertThat(settings.arguments("exporters=archive").load().problems()).isEmpty();
    assertThat(settings.arguments("exporters=otlp").load().problems())
        .singleElement()
        .asString()
        .contains("soon");
  }

  @Test
  void afterThemOtherProblemsAreTold() {
    AgentConfig config =
        Settings.none()
            .arguments("exporters=archive")
            .environment("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "soon")
            .property("metrics.agent.run.gauges.lifetime", "?")
            .load();

    assertThat(config.problems()).singleElement().asString().contains("lifetime=?");
  }
}
