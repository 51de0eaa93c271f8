package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.otlp.OtlpSettings;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpReaderTest {
  @Test
  void theDefaultsAreOpenTelemetrys() {
    OtlpSettings otlp = Settings.none().load().otlp();

    assertThat(otlp)
        .isEqualTo(
            new OtlpSettings(
                URI.create("http://localhost:4318/v1/metrics"),
                OtlpSettings.Protocol.HTTP_PROTOBUF,
                Map.of(),
                false,
                Duration.ofSeconds(10),
                OtlpSettings.Temporality.CUMULATIVE,
                OtlpSettings.HistogramAggregation.EXPLICIT,
                Map.of(),
                null,
                null,
                null,
                OtlpSettings.Names.GEN_AI,
                false));
  }

  /**
   * The examples of OpenTelemetry's specification of the OTLP exporter, section "Endpoint URLs for
   * OTLP/HTTP", and the rules they stand for.
   */
  @ParameterizedTest(name = "{0} general {1} metrics {2} -> {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, http://collector:4318, -, http://collector:4318/v1/metrics",
        "-, http://collector:4318, https://collector.example.com/v1/metrics,"
            + " https://collector.example.com/v1/metrics",
        "-, -, https://collector.example.com/v1/metrics, https://collector.example.com/v1/metrics",
        "-, http://collector:4318/mycollector/, -,"
            + " http://collector:4318/mycollector/v1/metrics",
        "-, http://collector:4318/mycollector, -, http://collector:4318/mycollector/v1/metrics",
        "-, http://collector:4318/, -, http://collector:4318/v1/metrics",
        "-, -, http://collector:4318, http://collector:4318/",
        "-, -, https://collector.example.com/v1/mymetrics?key=1,"
            + " https://collector.example.com/v1/mymetrics?key=1",
        "http/protobuf, http://[::1]:4318, -, http://[::1]:4318/v1/metrics",
        "grpc, -, -, http://localhost:4317",
        "grpc, https://collector:4317, -, https://collector:4317",
        "grpc, http://collector:4317, https://other:443, https://other:443",
      })
  void buildsTheEndpoint(String protocol, String general, String metrics, String endpoint) {
    Settings settings = Settings.none();
    if (protocol != null) {
      settings.environment("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
    }
    if (general != null) {
      settings.environment("OTEL_EXPORTER_OTLP_ENDPOINT", general);
    }
    if (metrics != null) {
      settings.environment("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", metrics);
    }
    AgentConfig config = settings.load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.otlp().endpoint()).hasToString(endpoint);
    boolean configured = general != null || metrics != null;
    assertThat(config.exporters().contains("otlp")).isEqualTo(configured);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:4318|does not begin with http:// or https://; write a URL such as"
            + " http://localhost:4318",
        "ftp://x|does not begin with http:// or https://; write a URL such as"
            + " http://localhost:4318",
        "http://|not a URL (Expected authority); write a URL such as http://localhost:4318",
        "http:///v1|has no host; write a URL such as http://localhost:4318",
        "http://x/#a|must not have a #fragment; write a URL such as http://localhost:4318",
        "http://x/?a=b|must not have a ?query, as /v1/metrics is appended; use"
            + " otel.exporter.otlp.metrics.endpoint",
      })
  void saysWhatIsWrongWithAnEndpoint(String url, String reason) {
    AgentConfig config = Settings.none().property("otel.exporter.otlp.endpoint", url).load();

    assertThat(config.otlp().endpoint()).hasToString("http://localhost:4318/v1/metrics");
    assertThat(config.problems())
        .containsExactly(
            "otel.exporter.otlp.endpoint="
                + url.replace("a=b", "***")
                + " (system property): "
                + reason
                + ". Using the default: http://localhost:4318, for grpc http://localhost:4317.");
  }

  @ParameterizedTest
  @CsvSource({
    "grpc, http://collector:4318, http/protobuf, 4317",
    "http/protobuf, http://collector:4317, grpc, 4318"
  })
  void warnsOfAPortOfTheOtherProtocol(String protocol, String url, String other, int meant) {
    AgentConfig config =
        Settings.none()
            .arguments(
                "otel.exporter.otlp.protocol=" + protocol + ",otel.exporter.otlp.endpoint=" + url)
            .load();

    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("which receivers use for " + other)
        .contains("Is port " + meant + " meant?");
    assertThat(config.otlp().endpoint().toString()).startsWith(url);
  }

  @ParameterizedTest
  @CsvSource({
    "protocol, http/protobuf, grpc",
    "headers, a=1, b=2",
    "compression, none, gzip",
    "timeout, 1000, 2000"
  })
  void theMetricsFormOfASettingWins(String setting, String general, String metrics) {
    OtlpSettings expected =
        Settings.none().property("otel.exporter.otlp." + setting, metrics).load().otlp();
    OtlpSettings both =
        Settings.none()
            .arguments("otel.exporter.otlp." + setting + "=" + general)
            .environment("OTEL_EXPORTER_OTLP_METRICS_" + setting.toUpperCase(Locale.ROOT), metrics)
            .load()
            .otlp();

    assertThat(both).isEqualTo(expected).isNotEqualTo(Settings.none().load().otlp());
  }

  @Test
  void aBadMetricsFormLeavesTheGeneralOneInPlace() {
    AgentConfig config =
        Settings.none()
            .arguments("exporters=otlp")
            .property("otel.exporter.otlp.timeout", "3000")
            .property("otel.exporter.otlp.metrics.timeout", "soon")
            .load();

    assertThat(config.otlp().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.problems())
        .containsExactly(
            "otel.exporter.otlp.metrics.timeout=soon (system property): not a duration; write"
                + " milliseconds, or a unit as in 500ms, 60s or 5m. Using 3000.");
  }

  @Test
  void headersAndAttributesAreDecoded() {
    OtlpSettings otlp =
        Settings.none()
            .environment(
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20a+b==, x-key = 100%25 ")
            .environment("OTEL_RESOURCE_ATTRIBUTES", "team=gr%C3%BCn,deployment.environment=a%2Cb")
            .load()
            .otlp();

    assertThat(otlp.headers())
        .containsExactly(Map.entry("Authorization", "Basic a+b=="), Map.entry("x-key", "100%"));
    assertThat(otlp.resourceAttributes())
        .containsExactly(Map.entry("team", "grün"), Map.entry("deployment.environment", "a,b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k=secret%zz", "k=secret%", "secret", "k=secret%0Ax", "=secret"})
  void badHeadersAreReportedWithoutTheirValue(String headers) {
    AgentConfig config =
        Settings.none()
            .arguments("exporters=otlp")
            .environment("OTEL_EXPORTER_OTLP_HEADERS", headers)
            .load();

    assertThat(config.otlp().headers()).isEmpty();
    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("otel.exporter.otlp.headers (environment OTEL_EXPORTER_OTLP_HEADERS): entry 1")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content-length=secret|entry 1 is content-length, which the exporter sets itself",
        "a=b,Transfer-Encoding=secret|entry 2 is transfer-encoding, which the exporter sets itself",
        "my key=secret|entry 1 has an invalid name; write letters, digits and -, followed by =",
        "Authorization: Bearer secret=|entry 1 has an invalid name; write letters, digits"
            + " and -, followed by =",
        "k=secret%C3%BC|entry 1 has a value with an invalid character; write ASCII",
      })
  void aHeaderThatCannotBeSentIsLeftOutAndSaysSo(String headers, String reason) {
    AgentConfig config =
        Settings.none()
            .arguments("exporters=otlp")
            .environment("OTEL_EXPORTER_OTLP_HEADERS", headers + ",kept=1")
            .load();

    assertThat(config.otlp().headers()).containsEntry("kept", "1").doesNotContainValue("secret");
    assertThat(config.problems())
        .containsExactly(
            "otel.exporter.otlp.headers (environment OTEL_EXPORTER_OTLP_HEADERS): "
                + reason
                + ". This entry is left out.");
  }

  @Test
  void aPasswordInTheEndpointIsReportedAsIgnored() {
    AgentConfig config =
        Settings.none().property("otel.exporter.otlp.endpoint", "http://me:secret@host:1/").load();

    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("otel.exporter.otlp.endpoint=http://***@host:1/ (system property) has a user")
        .contains("otel.exporter.otlp.headers=authorization=Basic")
        .doesNotContain("secret");
  }

  @Test
  void aQueryIsMaskedWhereverItIsShown() {
    Settings settings =
        Settings.none()
            .property("otel.exporter.otlp.metrics.endpoint", "http://host/v1?api-key=secret");

    assertThat(settings.load().settings().toString()).contains("?***").doesNotContain("secret");
    assertThat(settings.load().otlp().toString()).doesNotContain("secret");
    assertThat(settings.load().otlp().endpoint().toString()).endsWith("?api-key=secret");
  }

  @Test
  void secretsAreMasked() {
    AgentConfig config =
        Settings.none()
            .environment("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=secret1,secret2,x=secret3")
            .environment("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://me:secret4@host:4318/")
            .load();
    AgentConfig general =
        Settings.none()
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:secret4@host:4318/")
            .load();

    assertThat(general.settings().toString()).doesNotContain("secret");
    assertThat(general.otlp().toString()).doesNotContain("secret");

    assertThat(config.settings().toString()).doesNotContain("secret");
    assertThat(config.settings()).extracting(SettingValue::text).contains("http://***@host:4318/");
    assertThat(config.otlp().toString()).doesNotContain("secret1");
  }

  @Test
  void certificatesMustExistAndComeInPairs(@TempDir Path folder) throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), "");
    Path certificate = Files.writeString(folder.resolve("certificate.pem"), "");
    Settings settings =
        Settings.none()
            .arguments("exporters=otlp")
            .property("otel.exporter.otlp.certificate", folder.resolve("none.pem").toString())
            .property("otel.exporter.otlp.client.key", key.toString());

    assertThat(settings.load().otlp().certificate()).isNull();
    assertThat(settings.load().otlp().clientKey()).isNull();
    assertThat(settings.load().problems()).hasSize(2);

    settings
        .property("otel.exporter.otlp.certificate", certificate.toString())
        .property("otel.exporter.otlp.metrics.client.certificate", certificate.toString());
    AgentConfig config = settings.load();
    assertThat(config.problems()).isEmpty();
    assertThat(config.otlp().certificate()).isEqualTo(certificate.toFile());
    assertThat(config.otlp().clientKey()).isEqualTo(key.toFile());
    assertThat(config.otlp().clientCertificate()).isEqualTo(new File(certificate.toString()));
  }

  @Test
  void readsTemporalityAndAggregation() {
    OtlpSettings otlp =
        Settings.none()
            .environment("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "LowMemory")
            .environment(
                "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
                "base2_exponential_bucket_histogram")
            .load()
            .otlp();

    assertThat(otlp.temporality()).isEqualTo(OtlpSettings.Temporality.LOWMEMORY);
    assertThat(otlp.histograms()).isEqualTo(OtlpSettings.HistogramAggregation.BASE2_EXPONENTIAL);
  }

  @Test
  void metricsHaveTheConventionsNamesUnlessTheApplicationExportsThemItself() {
    assertThat(Settings.none().load().otlp().names()).isEqualTo(OtlpSettings.Names.GEN_AI);
    assertThat(
            Settings.none().environment("METRICS_AGENT_OTLP_NAMES", "wink").load().otlp().names())
        .isEqualTo(OtlpSettings.Names.WINK);
  }

  @Test
  void faultsInOtlpSettingsAreNotReportedWithoutOtlp() {
    AgentConfig config =
        Settings.none()
            .environment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")
            .environment("OTEL_EXPORTER_OTLP_TIMEOUT", "soon")
            .load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.otlp().protocol()).isEqualTo(OtlpSettings.Protocol.HTTP_PROTOBUF);
  }

  private static Settings sent() {
    return Settings.none()
        .property("metrics.agent.sessions.enabled", "true")
        .property("metrics.agent.sessions.exporter", "files,otlp");
  }

  @ParameterizedTest(name = "{0} general {1} logs {2} -> {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, http://localhost:4318/v1/logs",
        "-, http://collector:4318, -, http://collector:4318/v1/logs",
        "-, http://collector:4318/mycollector/, -, http://collector:4318/mycollector/v1/logs",
        "-, http://collector:4318, https://other/in, https://other/in",
        "-, -, http://other:4318, http://other:4318/",
        "grpc, -, -, http://localhost:4317",
        "grpc, http://collector:4317, https://other:443, https://other:443",
      })
  void buildsTheEndpointOfLogs(String protocol, String general, String logs, String endpoint) {
    Settings settings = sent();
    if (protocol != null) {
      settings.environment("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
    }
    if (general != null) {
      settings.environment("OTEL_EXPORTER_OTLP_ENDPOINT", general);
    }
    if (logs != null) {
      settings.environment("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", logs);
    }
    AgentConfig config = settings.load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.sessionLogs().endpoint()).hasToString(endpoint);
    assertThat(config.exporters().contains("otlp"))
        .as("an endpoint of logs is none of metrics")
        .isEqualTo(general != null);
  }

  @Test
  void eachSettingOfLogsWinsOverTheGeneralOneAndNotForMetrics() {
    AgentConfig config =
        sent()
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")
            .environment("OTEL_EXPORTER_OTLP_HEADERS", "a=general")
            .environment("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "a=logs")
            .environment("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "7000")
            .environment("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "gzip")
            .environment("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "grpc")
            .environment("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "3000")
            .load();
    OtlpSettings logs = config.sessionLogs();
    OtlpSettings metrics = config.otlp();

    assertThat(logs.headers()).containsExactly(Map.entry("a", "logs"));
    assertThat(logs.timeout()).hasSeconds(7);
    assertThat(logs.gzip()).isTrue();
    assertThat(logs.protocol()).isEqualTo(OtlpSettings.Protocol.GRPC);
    assertThat(metrics.headers()).containsExactly(Map.entry("a", "general"));
    assertThat(metrics.timeout()).hasSeconds(3);
    assertThat(metrics.gzip()).isFalse();
    assertThat(metrics.protocol()).isEqualTo(OtlpSettings.Protocol.HTTP_PROTOBUF);
    assertThat(config.settings())
        .anyMatch(
            value ->
                value.key().equals("otel.exporter.otlp.logs.headers")
                    && !value.text().contains("logs"));
  }

  @Test
  void nothingOfLogsIsReadUnlessSessionsAreSent() {
    assertThat(Settings.none().load().sessionLogs()).isNull();
    assertThat(
            Settings.none()
                .property("metrics.agent.sessions.enabled", "true")
                .property("otel.exporter.otlp.logs.endpoint", "nonsense")
                .load())
        .satisfies(
            config -> {
              assertThat(config.sessionLogs()).isNull();
              assertThat(config.problems()).isEmpty();
            });
    assertThat(
            Settings.none()
                .property("metrics.agent.sessions.exporter", "otlp")
                .load()
                .sessionLogs())
        .isNull();
  }

  @Test
  void aFaultOfAGeneralSettingIsToldOnceForBothSignals() {
    AgentConfig config =
        sent()
            .property("metrics.agent.exporters", "otlp")
            .property("otel.exporter.otlp.timeout", "soon")
            .load();
    assertThat(config.problems()).hasSize(1);
    assertThat(config.sessionLogs().timeout()).hasSeconds(10);
  }

  /** Nothing is removed from the settings here, so each signal finds the fault anew. */
  @ParameterizedTest
  @CsvSource({
    "otel.exporter.otlp.endpoint, http://collector:4317",
    "otel.exporter.otlp.endpoint, http://me:secret@collector:4318",
    "otel.exporter.otlp.headers, a b=c",
  })
  void whatIsDoubtfulInAGeneralSettingIsToldOnceForBothSignals(String key, String value) {
    AgentConfig config =
        sent().property("metrics.agent.exporters", "otlp").property(key, value).load();
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void anUnknownExporterOfSessionsIsToldWithTheKnownOnes() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.sessions.enabled", "true")
            .property("metrics.agent.sessions.exporter", "kafka")
            .load();
    assertThat(config.sessions().exporters()).containsExactly("files");
    assertThat(config.problems())
        .containsExactly(
            "metrics.agent.sessions.exporter=kafka (system property): kafka is not an exporter;"
                + " write any of files, otlp. Using files.");
  }

  /** Prompts must not get on a disk that the user has not asked for. */
  @Test
  void sessionsThatAreOnlySentAreNotWrittenInsteadIfTheSdkIsDisabled() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.sessions.enabled", "true")
            .property("metrics.agent.sessions.exporter", "otlp")
            .property("otel.sdk.disabled", "true")
            .load();
    assertThat(config.sessions().toFiles()).isFalse();
    assertThat(config.sessions().enabled()).isFalse();
    assertThat(config.keepsEvents()).isFalse();
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void aDisabledSdkSendsNoSessions() {
    AgentConfig config = sent().property("otel.sdk.disabled", "true").load();
    assertThat(config.sessions().exporters()).containsExactly("files");
    assertThat(config.sessionLogs()).isNull();
    assertThat(config.problems())
        .containsExactly(
            "otel.sdk.disabled=true (system property) switches off the otlp exporter that"
                + " metrics.agent.sessions.exporter lists.");
  }
}
