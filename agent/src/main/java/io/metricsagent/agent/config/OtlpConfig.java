package io.metricsagent.agent.config;

import io.metricsagent.exporters.UrlMask;
import java.io.File;
import java.time.Duration;
import java.util.Map;

/**
 * Where and how OTLP is sent, by OpenTelemetry's own settings and one of ours.
 *
 * @param endpoint for {@code http/protobuf} the URL that is posted to, for {@code grpc} the base
 *     URL of the receiver; always {@code http://} or {@code https://}
 * @param headers of each request, decoded, in the order given; secret
 * @param gzip whether requests are compressed
 * @param timeout of one export, retries included
 * @param certificate PEM file with the certificates to trust, or {@code null} for the JDK's
 * @param clientKey PEM file for mutual TLS, or {@code null}; never without the certificate
 * @param clientCertificate PEM file for mutual TLS, or {@code null}; never without the key
 * @param resourceAttributes {@code otel.resource.attributes}, decoded, in the order given; {@code
 *     service.name} may be among them and yields to {@link AgentConfig#serviceName}
 * @param names what metrics are called that the conventions have a name for
 */
public record OtlpConfig(
    String endpoint,
    Protocol protocol,
    Map<String, String> headers,
    boolean gzip,
    Duration timeout,
    Temporality temporality,
    HistogramAggregation histogramAggregation,
    File certificate,
    File clientKey,
    File clientCertificate,
    Map<String, String> resourceAttributes,
    Names names) {

  /** How requests travel. */
  public enum Protocol {
    /** Protobuf in HTTP requests. */
    HTTP_PROTOBUF,
    /** gRPC over HTTP/2. */
    GRPC
  }

  /** What counters and histograms count from. */
  public enum Temporality {
    /** From the start of the process. */
    CUMULATIVE,
    /** From the last export. */
    DELTA,
    /**
     * As {@link #DELTA} for what is recorded by calls, {@link #CUMULATIVE} for what is observed.
     */
    LOWMEMORY
  }

  /** The form of histograms. */
  public enum HistogramAggregation {
    /** Fixed edges. */
    EXPLICIT_BUCKET_HISTOGRAM,
    /** Exponential edges. */
    BASE2_EXPONENTIAL_BUCKET_HISTOGRAM
  }

  /** Whose names metrics have. */
  public enum Names {
    /** Those of OpenTelemetry's conventions. */
    GEN_AI,
    /** Our own, as where there is no convention. */
    WINK
  }

  /** Leaves the values of headers and secrets in the endpoint out. */
  @Override
  public String toString() {
    return "OtlpConfig[endpoint=" + UrlMask.mask(endpoint) + ", headers=" + headers.keySet() + "]";
  }
}
