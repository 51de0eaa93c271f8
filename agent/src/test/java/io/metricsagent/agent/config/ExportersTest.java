package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "otlp|otlp",
        "OTLP, statsd,otlp|otlp,statsd",
        "archive,otlp,statsd|archive,otlp,statsd",
        "none|''"
      })
  void runsWhatIsListed(String listed, String expected) {
    AgentConfig config = Settings.none().property("metrics.agent.exporters", listed).load();

    assertThat(config.problems()).isEmpty();
    assertThat(String.join(",", config.exporters())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "otlp,carbon|otlp|carbon is not an exporter; write any of archive, otlp, prometheus,"
            + " statsd, none. Using otlp.",
        "carbon|archive|carbon is not an exporter; write any of archive, otlp, prometheus, statsd,"
            + " none. Using the default: archive, plus otlp when an OTLP endpoint is configured.",
        "none,statsd|statsd|none cannot be combined with other exporters. Using statsd.",
      })
  void unknownNamesAreReported(String listed, String expected, String message) {
    AgentConfig config = Settings.none().property("metrics.agent.exporters", listed).load();

    assertThat(String.join(",", config.exporters())).isEqualTo(expected);
    assertThat(config.problems())
        .containsExactly("metrics.agent.exporters=" + listed + " (system property): " + message);
  }

  @Test
  void anOtlpEndpointSwitchesOtlpOnByDefault() {
    Settings settings =
        Settings.none().environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");

    assertThat(settings.load().exporters()).containsExactly("archive", "otlp");
    assertThat(settings.arguments("exporters=statsd").load().exporters()).containsExactly("statsd");
  }

  @Test
  void disablingOpenTelemetrySwitchesOtlpOffAndNothingElse() {
    Settings settings =
        Settings.none()
            .environment("OTEL_SDK_DISABLED", "true")
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    assertThat(settings.load().exporters()).containsExactly("archive");
    assertThat(settings.load().problems()).isEmpty();

    settings.arguments("exporters=otlp,statsd");
    assertThat(settings.load().exporters()).containsExactly("statsd");
    assertThat(settings.load().problems())
        .containsExactly(
            "otel.sdk.disabled=true (environment OTEL_SDK_DISABLED) switches off the otlp exporter"
                + " that metrics.agent.exporters lists.");
    assertThat(settings.load().settings())
        .contains(new SettingValue("metrics.agent.exporters", "statsd", "agent argument"));
  }
}
