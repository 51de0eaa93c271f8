package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.OpenTelemetrySettings.CERTIFICATE;
import static io.metricsagent.agent.config.OpenTelemetrySettings.CLIENT_CERTIFICATE;
import static io.metricsagent.agent.config.OpenTelemetrySettings.CLIENT_KEY;
import static io.metricsagent.agent.config.OpenTelemetrySettings.COMPRESSION;
import static io.metricsagent.agent.config.OpenTelemetrySettings.ENDPOINT;
import static io.metricsagent.agent.config.OpenTelemetrySettings.HEADERS;
import static io.metricsagent.agent.config.OpenTelemetrySettings.HISTOGRAM_AGGREGATION;
import static io.metricsagent.agent.config.OpenTelemetrySettings.LOGS_ENDPOINT;
import static io.metricsagent.agent.config.OpenTelemetrySettings.METRICS_ENDPOINT;
import static io.metricsagent.agent.config.OpenTelemetrySettings.OTLP_NAMES;
import static io.metricsagent.agent.config.OpenTelemetrySettings.PROTOCOL;
import static io.metricsagent.agent.config.OpenTelemetrySettings.TEMPORALITY;
import static io.metricsagent.agent.config.OpenTelemetrySettings.TIMEOUT;

import io.metricsagent.exporters.UrlMask;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Names;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads OpenTelemetry's settings of one signal by the rules of its specification. */
final class OtlpReader {
  private static final String METRICS_PATH = "v1/metrics";
  private static final String LOGS_PATH = "v1/logs";

  private static final int GRPC_PORT = 4317;
  private static final int HTTP_PORT = 4318;

  private final SettingReader reader;
  private final boolean logs;
  private final Setting ownEndpoint;
  private final String path;

  private OtlpReader(SettingReader reader, boolean logs) {
    this.reader = reader;
    this.logs = logs;
    ownEndpoint = logs ? LOGS_ENDPOINT : METRICS_ENDPOINT;
    path = logs ? LOGS_PATH : METRICS_PATH;
  }

  static OtlpReader ofMetrics(SettingReader reader) {
    return new OtlpReader(reader, false);
  }

  /** Returns a reader of what log records need; what concerns metrics alone is as for metrics. */
  static OtlpReader ofLogs(SettingReader reader) {
    return new OtlpReader(reader, true);
  }

  private Setting of(Setting setting) {
    return logs ? setting.ofLogs() : setting;
  }

  OtlpSettings read(Map<String, String> resourceAttributes) {
    boolean grpc = reader.choice(of(PROTOCOL)).equals("grpc");
    File key = reader.existingFile(of(CLIENT_KEY));
    File certificate = reader.existingFile(of(CLIENT_CERTIFICATE));
    if ((key == null) != (certificate == null)) {
      reader.problem(
          CLIENT_KEY.key()
              + " and "
              + CLIENT_CERTIFICATE.key()
              + " need each other; set both or neither. Ignored.");
      key = null;
      certificate = null;
    }
    return new OtlpSettings(
        URI.create(endpoint(grpc)),
        grpc ? Protocol.GRPC : Protocol.HTTP_PROTOBUF,
        headers(),
        reader.choice(of(COMPRESSION)).equals("gzip"),
        Duration.ofNanos(reader.nanos(of(TIMEOUT), Durations.NANOS_PER_MILLI, "1ms")),
        Temporality.valueOf(constant(TEMPORALITY)),
        reader.choice(HISTOGRAM_AGGREGATION).equals("base2_exponential_bucket_histogram")
            ? HistogramAggregation.BASE2_EXPONENTIAL
            : HistogramAggregation.EXPLICIT,
        resourceAttributes,
        reader.existingFile(of(CERTIFICATE)),
        key,
        certificate,
        Names.valueOf(constant(OTLP_NAMES)),
        reader.bool(AgentSettings.MESSAGING));
  }

  /** Returns the headers that can be sent; reports the others without their values. */
  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    SettingValue value = reader.value(of(HEADERS));
    int entry = 0;
    for (Map.Entry<String, String> header : reader.pairs(of(HEADERS)).entrySet()) {
      entry++;
      String wrong = HeaderCheck.wrong(header.getKey(), header.getValue());
      if (wrong == null) {
        headers.put(header.getKey(), header.getValue());
      } else {
        String origin = value.key() + " (" + value.origin() + "): entry " + entry + " ";
        reader.problem(origin + wrong + ". This entry is left out.");
      }
    }
    return Collections.unmodifiableMap(headers);
  }

  private String constant(Setting setting) {
    return reader.choice(setting).toUpperCase(Locale.ROOT);
  }

  private String endpoint(boolean grpc) {
    SettingValue own = url(ownEndpoint, grpc);
    if (own != null) {
      return grpc ? own.text() : withRootPath(own.text());
    }
    SettingValue general = url(ENDPOINT, grpc);
    if (grpc) {
      return general == null ? "http://localhost:" + GRPC_PORT : general.text();
    }
    String base = general == null ? "http://localhost:" + HTTP_PORT : general.text();
    return base.concat(base.endsWith("/") ? "" : "/").concat(path);
  }

  /**
   * Returns the URL of the signal as it is, but with the path {@code /} if it has none, as
   * OpenTelemetry's specification asks.
   */
  private static String withRootPath(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath().isEmpty() && uri.getRawQuery() == null ? url.concat("/") : url;
  }

  private SettingValue url(Setting setting, boolean grpc) {
    SettingValue value = reader.value(setting);
    if (value == null) {
      return null;
    }
    String wrong = wrong(value);
    if (wrong != null) {
      reader.reject(setting, value, wrong);
      return null;
    }
    if (URI.create(value.text()).getRawUserInfo() != null) {
      reader.problem(
          value.key()
              + "="
              + UrlMask.mask(value.text())
              + " ("
              + value.origin()
              + ") has a user and a password, which OTLP does not send; write "
              + HEADERS.key()
              + "=authorization=Basic%20 and both in base64.");
    }
    int unfit = grpc ? HTTP_PORT : GRPC_PORT;
    if (URI.create(value.text()).getPort() == unfit) {
      reader.problem(unfitPort(value, grpc, unfit));
    }
    return value;
  }

  private static String unfitPort(SettingValue value, boolean grpc, int port) {
    return value.key()
        + " ("
        + value.origin()
        + ") has port "
        + port
        + ", which receivers use for "
        + (grpc ? "http/protobuf" : "grpc")
        + ", but "
        + PROTOCOL.key()
        + " is "
        + (grpc ? "grpc" : "http/protobuf")
        + ". Is port "
        + (grpc ? GRPC_PORT : HTTP_PORT)
        + " meant? Used as it is.";
  }

  /** Returns what is wrong with an endpoint, or {@code null}. */
  private String wrong(SettingValue value) {
    String example = "; write a URL such as http://localhost:4318";
    URI uri;
    try {
      uri = new URI(value.text());
    } catch (URISyntaxException e) {
      return "not a URL (" + e.getReason() + ")" + example;
    }
    String scheme = uri.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      return "does not begin with http:// or https://" + example;
    }
    if (uri.getHost() == null) {
      return "has no host" + example;
    }
    if (uri.getRawFragment() != null) {
      return "must not have a #fragment" + example;
    }
    if (uri.getRawQuery() != null && value.key().equals(ENDPOINT.key())) {
      return "must not have a ?query, as /"
          .concat(path)
          .concat(" is appended; use ")
          .concat(ownEndpoint.key());
    }
    return null;
  }
}
