package io.metricsagent.exporters.otlp;

import io.metricsagent.exporters.UrlMask;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How metrics are exported over OTLP; the names of the settings are OpenTelemetry's. Immutable. May
 * be made before the application's {@code main}: it loads no class of the SDK and of {@code
 * java.nio.file}.
 *
 * <p>The class has many fields because each setting is one.
 *
 * @param endpoint the URL that requests go to, as it is: for HTTP with its path, such as {@code
 *     http://localhost:4318/v1/metrics}; for gRPC without one
 * @param protocol {@code otel.exporter.otlp.protocol}
 * @param headers {@code otel.exporter.otlp.headers}, decoded, in the order given; secret
 * @param gzip {@code otel.exporter.otlp.compression}
 * @param timeout {@code otel.exporter.otlp.timeout}: for one export with all its retries; positive
 * @param temporality {@code otel.exporter.otlp.metrics.temporality.preference}
 * @param histograms {@code otel.exporter.otlp.metrics.default.histogram.aggregation}
 * @param resourceAttributes of the service: as read {@code otel.resource.attributes}, decoded, in
 *     the order given; as exported the whole resource, see {@link #withResourceAttributes}
 * @param certificate PEM file of trusted certificates, or {@code null} for the JVM's
 * @param clientKey PEM file (PKCS #8) of the key for mutual TLS, or {@code null} for none
 * @param clientCertificate PEM file of the certificates that belong to the key, or {@code null}
 * @param names {@code metrics.agent.otlp.names}
 * @param messaging {@code metrics.agent.messaging}: whether OpenTelemetry's metrics of messaging
 *     are exported beside our own
 */
public record OtlpSettings(
    URI endpoint,
    Protocol protocol,
    Map<String, String> headers,
    boolean gzip,
    Duration timeout,
    Temporality temporality,
    HistogramAggregation histograms,
    Map<String, String> resourceAttributes,
    File certificate,
    File clientKey,
    File clientCertificate,
    Names names,
    boolean messaging) {
  /** What carries the messages. */
  public enum Protocol {
    /** {@code http/protobuf}. */
    HTTP_PROTOBUF,
    /** {@code grpc}. */
    GRPC
  }

  /** Since when a point counts. */
  public enum Temporality {
    /** Since the start. */
    CUMULATIVE,
    /** Since the last export that succeeded. */
    DELTA,
    /**
     * Whatever needs less memory in an SDK, which is {@link #DELTA} for every instrument that we
     * have: all of them are synchronous.
     */
    LOWMEMORY
  }

  /** The form of histograms. */
  public enum HistogramAggregation {
    /** {@code explicit_bucket_histogram}. */
    EXPLICIT,
    /** {@code base2_exponential_bucket_histogram}. */
    BASE2_EXPONENTIAL
  }

  /** What metrics are called that OpenTelemetry's conventions have a name for. */
  public enum Names {
    /** By the conventions, below {@code gen_ai.}. */
    GEN_AI,
    /** Below {@code wink.}, as all others. */
    WINK
  }

  /** Copies the maps and checks what would only fail at the first export. */
  public OtlpSettings {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
    String scheme = endpoint.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "otel.exporter.otlp.endpoint is '"
              + UrlMask.mask(endpoint.toString())
              + "'; write a URL such as http://localhost:4318");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "otel.exporter.otlp.timeout is " + timeout.toMillis() + "; write milliseconds above 0");
    }
    if ((clientKey == null) != (clientCertificate == null)) {
      throw new IllegalArgumentException(
          "otel.exporter.otlp.client.key and otel.exporter.otlp.client.certificate belong together;"
              + " set both or neither");
    }
  }

  /** Leaves the values of headers and secrets in the endpoint out. */
  @Override
  public String toString() {
    return "OtlpSettings[endpoint="
        + UrlMask.mask(endpoint.toString())
        + ", headers="
        + headers.keySet()
        + "]";
  }

  /**
   * Returns these settings with another resource.
   *
   * @param attributes {@code service.name}, the attributes that the user has set, and what the
   *     process shows of itself once it runs
   */
  public OtlpSettings withResourceAttributes(Map<String, String> attributes) {
    return new OtlpSettings(
        endpoint,
        protocol,
        headers,
        gzip,
        timeout,
        temporality,
        histograms,
        attributes,
        certificate,
        clientKey,
        clientCertificate,
        names,
        messaging);
  }

  boolean isDelta() {
    return temporality != Temporality.CUMULATIVE;
  }
}
