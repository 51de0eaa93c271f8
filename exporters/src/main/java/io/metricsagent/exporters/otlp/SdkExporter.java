package io.metricsagent.exporters.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The configured exporter of the SDK for one signal and one protocol, and the resource of what it
 * exports. The four builders of the SDK have the same methods and no common type, so each has its
 * own method here.
 *
 * @param <T> what a request consists of
 * @param export starts a request
 * @param end closes the connections
 */
record SdkExporter<T>(
    Function<Collection<T>, CompletableResultCode> export, Runnable end, Resource resource) {
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder()
          .setMaxAttempts(5)
          .setInitialBackoff(Duration.ofSeconds(1))
          .setMaxBackoff(Duration.ofSeconds(5))
          .setBackoffMultiplier(1.5)
          .build();

  static SdkExporter<MetricData> ofMetrics(OtlpSettings settings, TlsFiles tls, Senders senders) {
    MetricExporter exporter =
        switch (settings.protocol()) {
          case HTTP_PROTOBUF -> metricsOverHttp(settings, tls, senders);
          case GRPC -> metricsOverGrpc(settings, tls, senders);
        };
    return new SdkExporter<>(exporter::export, exporter::shutdown, resource(settings));
  }

  static SdkExporter<LogRecordData> ofLogs(OtlpSettings settings, TlsFiles tls, Senders senders) {
    LogRecordExporter exporter =
        switch (settings.protocol()) {
          case HTTP_PROTOBUF -> logsOverHttp(settings, tls, senders);
          case GRPC -> logsOverGrpc(settings, tls, senders);
        };
    return new SdkExporter<>(exporter::export, exporter::shutdown, resource(settings));
  }

  private static Resource resource(OtlpSettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    settings
        .resourceAttributes()
        .forEach(
            (key, value) -> {
              if (key.equals(ProcessResource.PID) && value.matches("\\d{1,18}")) {
                attributes.put(key, Long.parseLong(value));
              } else {
                attributes.put(key, value);
              }
            });
    return Resource.create(attributes.build());
  }

  private static String compression(OtlpSettings settings) {
    return settings.gzip() ? "gzip" : "none";
  }

  private static MetricExporter metricsOverHttp(
      OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(compression(settings))
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    tls.give(builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static MetricExporter metricsOverGrpc(
      OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpGrpcMetricExporterBuilder builder =
        OtlpGrpcMetricExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(compression(settings))
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    tls.give(builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static LogRecordExporter logsOverHttp(
      OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpHttpLogRecordExporterBuilder builder =
        OtlpHttpLogRecordExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(compression(settings))
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    tls.give(builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static LogRecordExporter logsOverGrpc(
      OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpGrpcLogRecordExporterBuilder builder =
        OtlpGrpcLogRecordExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(compression(settings))
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    tls.give(builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  CompletableResultCode export(List<T> items) {
    return export.apply(items);
  }

  void shutdown() {
    end.run();
  }
}
