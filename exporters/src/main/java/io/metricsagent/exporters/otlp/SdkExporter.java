package io.metricsagent.exporters.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.Collection;

/** The configured exporter of the SDK for one protocol, and the resource of its metrics. */
record SdkExporter(MetricExporter exporter, Resource resource) {
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder()
          .setMaxAttempts(5)
          .setInitialBackoff(Duration.ofSeconds(1))
          .setMaxBackoff(Duration.ofSeconds(5))
          .setBackoffMultiplier(1.5)
          .build();

  static SdkExporter create(OtlpSettings settings, TlsFiles tls, Senders senders) {
    MetricExporter exporter =
        switch (settings.protocol()) {
          case HTTP_PROTOBUF -> http(settings, tls, senders);
          case GRPC -> grpc(settings, tls, senders);
        };
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
    return new SdkExporter(exporter, Resource.create(attributes.build()));
  }

  private static MetricExporter http(OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(settings.gzip() ? "gzip" : "none")
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    if (tls.certificate() != null) {
      builder.setTrustedCertificates(tls.certificate());
    }
    if (tls.clientKey() != null) {
      builder.setClientTls(tls.clientKey(), tls.clientCertificate());
    }
    return builder.build();
  }

  private static MetricExporter grpc(OtlpSettings settings, TlsFiles tls, Senders senders) {
    OtlpGrpcMetricExporterBuilder builder =
        OtlpGrpcMetricExporter.builder()
            .setComponentLoader(senders)
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setCompression(settings.gzip() ? "gzip" : "none")
            .setRetryPolicy(RETRIES)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    if (tls.certificate() != null) {
      builder.setTrustedCertificates(tls.certificate());
    }
    if (tls.clientKey() != null) {
      builder.setClientTls(tls.clientKey(), tls.clientCertificate());
    }
    return builder.build();
  }

  CompletableResultCode export(Collection<MetricData> metrics) {
    return exporter.export(metrics);
  }

  void shutdown() {
    exporter.shutdown();
  }
}
