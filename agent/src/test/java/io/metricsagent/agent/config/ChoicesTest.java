package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.otlp.OtlpSettings;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each choice that the catalogue offers exists in the exporter it belongs to. */
class ChoicesTest {
  private static Stream<Object> read(Setting setting, Function<AgentConfig, Object> reading) {
    return setting.choices().stream()
        .map(choice -> Settings.none().property(setting.key(), choice).load())
        .map(reading);
  }

  @Test
  void theChoicesOfOtlpAreTheConstantsOfItsEnums() {
    assertThat(read(OpenTelemetrySettings.PROTOCOL, config -> config.otlp().protocol()))
        .containsExactly((Object[]) OtlpSettings.Protocol.values());
    assertThat(read(OpenTelemetrySettings.TEMPORALITY, config -> config.otlp().temporality()))
        .containsExactly((Object[]) OtlpSettings.Temporality.values());
    assertThat(
            read(OpenTelemetrySettings.HISTOGRAM_AGGREGATION, config -> config.otlp().histograms()))
        .containsExactly((Object[]) OtlpSettings.HistogramAggregation.values());
    assertThat(read(OpenTelemetrySettings.OTLP_NAMES, config -> config.otlp().names()))
        .containsExactly((Object[]) OtlpSettings.Names.values());
  }

  @Test
  void theChoicesOfStatsdAreItsDialects() {
    assertThat(read(ExporterSettings.STATSD_DIALECT, config -> config.statsd().dialect().name()))
        .containsExactlyElementsOf(ExporterSettings.STATSD_DIALECT.choices());
  }
}
