package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.computed;
import static io.metricsagent.agent.config.Setting.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of OTLP, and the other OpenTelemetry settings that the agent obeys. The order of the
 * constants is that of the reference table.
 */
final class OpenTelemetrySettings {
  private static final List<Setting> ALL = new ArrayList<>();

  static final Setting OTLP_NAMES =
      constant(
              "metrics.agent.otlp.names",
              SettingType.CHOICE,
              "gen_ai",
              "What OTLP metrics are called: by OpenTelemetry's conventions (`gen_ai`), or `wink`"
                  + " where the application or its framework reports `gen_ai.*` itself and one"
                  + " would double the other.")
          .oneOf("gen_ai", "wink")
          .addTo(ALL);

  static final Setting ENDPOINT =
      computed(
              "otel.exporter.otlp.endpoint",
              SettingType.URL,
              "`http://localhost:4318`, for `grpc` `http://localhost:4317`",
              "OTLP receiver of all signals; for `http/protobuf`, `/v1/metrics` is appended, and"
                  + " `/v1/logs` for sessions.")
          .addTo(ALL);

  static final Setting METRICS_ENDPOINT =
      computed(
              "otel.exporter.otlp.metrics.endpoint",
              SettingType.URL,
              "`otel.exporter.otlp.endpoint`",
              "OTLP receiver of metrics; used as it is.")
          .addTo(ALL);

  static final Setting LOGS_ENDPOINT =
      computed(
              "otel.exporter.otlp.logs.endpoint",
              SettingType.URL,
              "`otel.exporter.otlp.endpoint`",
              "OTLP receiver of sessions; used as it is.")
          .addTo(ALL);

  static final Setting PROTOCOL =
      constant(
              "otel.exporter.otlp.protocol",
              SettingType.CHOICE,
              "http/protobuf",
              "`http/protobuf` or `grpc`.")
          .oneOf("http/protobuf", "grpc")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting HEADERS =
      computed(
              "otel.exporter.otlp.headers",
              SettingType.SECRET_PAIRS,
              "none",
              "Headers of each request: `key=value,key2=value2`, percent-encoded.")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting COMPRESSION =
      constant("otel.exporter.otlp.compression", SettingType.CHOICE, "none", "`gzip` or `none`.")
          .oneOf("gzip", "none")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting TIMEOUT =
      constant(
              "otel.exporter.otlp.timeout",
              SettingType.MILLISECONDS,
              "10s",
              "Time one export may take, retries included; a plain number is milliseconds.")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting CERTIFICATE =
      computed(
              "otel.exporter.otlp.certificate",
              SettingType.FILE,
              "the JDK's trust store",
              "PEM file with the certificates to trust.")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting CLIENT_KEY =
      computed(
              "otel.exporter.otlp.client.key",
              SettingType.FILE,
              "none",
              "PEM file with the private key for mutual TLS; needs the client certificate.")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting CLIENT_CERTIFICATE =
      computed(
              "otel.exporter.otlp.client.certificate",
              SettingType.FILE,
              "none",
              "PEM file with the certificate of that key.")
          .alsoForSignals()
          .addTo(ALL);

  static final Setting TEMPORALITY =
      constant(
              "otel.exporter.otlp.metrics.temporality.preference",
              SettingType.CHOICE,
              "cumulative",
              "`cumulative`, `delta` or `lowmemory`.")
          .oneOf("cumulative", "delta", "lowmemory")
          .addTo(ALL);

  static final Setting HISTOGRAM_AGGREGATION =
      constant(
              "otel.exporter.otlp.metrics.default.histogram.aggregation",
              SettingType.CHOICE,
              "explicit_bucket_histogram",
              "`explicit_bucket_histogram` or `base2_exponential_bucket_histogram`.")
          .oneOf("explicit_bucket_histogram", "base2_exponential_bucket_histogram")
          .addTo(ALL);

  static final Setting SERVICE_NAME =
      computed(
              "otel.service.name",
              SettingType.TEXT,
              "`service.name` of the resource attributes, else the main class or jar",
              "Name of the service in all exports.")
          .addTo(ALL);

  static final Setting RESOURCE_ATTRIBUTES =
      computed(
              "otel.resource.attributes",
              SettingType.PAIRS,
              "none",
              "Attributes of the service: `key=value,key2=value2`, percent-encoded.")
          .addTo(ALL);

  static final Setting EXPORT_INTERVAL =
      computed(
              "otel.metric.export.interval",
              SettingType.MILLISECONDS,
              "none",
              "Time between two exports where `metrics.agent.interval` is not set; a plain number"
                  + " is milliseconds.")
          .addTo(ALL);

  static final Setting EXEMPLAR_FILTER =
      constant(
              "otel.metrics.exemplar.filter",
              SettingType.CHOICE,
              "trace_based",
              "Which calls may be exemplars: those in a sampled span (`trace_based`), in any span"
                  + " (`always_on`), or none (`always_off`).")
          .oneOf("trace_based", "always_on", "always_off")
          .addTo(ALL);

  static final Setting SDK_DISABLED =
      constant(
              "otel.sdk.disabled",
              SettingType.BOOLEAN,
              "false",
              "`true` switches the `otlp` exporters of metrics and sessions off, even where they"
                  + " are listed; the other exporters go on.")
          .addTo(ALL);

  private OpenTelemetrySettings() {}

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }
}
